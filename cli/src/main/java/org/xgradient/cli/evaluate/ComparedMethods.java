package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.AutomaticMethod;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Target;
import org.xgradient.graph.runtime.NativeTensorFlow;

/**
 * Makes the methods that a user wants to compare.
 *
 * @param options which, and how they run
 * @param baseline where attributions start to count
 * @param rowsOfChoice as many as the automatic choice needs to see
 */
record ComparedMethods(AttributionOptions options, Baseline baseline, int rowsOfChoice) {

  private static final int ROWS_OF_CHOICE = 256;

  ComparedMethods(AttributionOptions options, Baseline baseline) {
    this(options, baseline, ROWS_OF_CHOICE);
  }

  /** Those that count from zero. */
  ComparedMethods(AttributionOptions options) {
    this(options, Baseline.zero());
  }

  /**
   * The methods by name.
   *
   * @param classes the class of each input, whose output is explained
   * @param references those of Expected Gradients; empty to leave it out
   */
  ImmutableMap<String, ComparedMethod> of(
      BoundModel model, FloatArray inputs, int[] classes, Optional<FloatArray> references) {
    var from = references.map(ReferenceDistribution::uniform);
    ImmutableMap.Builder<String, ComparedMethod> methods = ImmutableMap.builder();
    options
        .toCompare()
        .forEach(
            (name, option) -> {
              if (option == MethodOption.AUTO) {
                methods.put(name, chosen(model, inputs, classes));
              } else if (option != MethodOption.EG || from.isPresent()) {
                var method = from(options.method(option, from));
                methods.put(name, new ComparedMethod(method, Optional.empty()));
              }
            });
    return methods.buildOrThrow();
  }

  private ComparedMethod chosen(BoundModel model, FloatArray inputs, int[] classes) {
    int rows = Math.min(rowsOfChoice, inputs.rows());
    AttributorOptions runs = options.runs().withTarget(Target.label());
    var choice =
        AutomaticMethod.choose(
            model,
            inputs.rows(0, rows),
            Arrays.copyOf(classes, rows),
            options.automatic(runs).withBaseline(baseline));
    return new ComparedMethod(choice.method(), Optional.of(choice.attributions()));
  }

  private AttributionMethod from(AttributionMethod method) {
    return method instanceof IntegratedGradients path ? path.withBaseline(baseline) : method;
  }

  /** What is known of the methods, for reports. */
  static Provenance provenance(AttributionOptions options, Map<String, ComparedMethod> methods) {
    Provenance provenance =
        options.addTo(Provenance.ofThisProcess().with("TensorFlow", NativeTensorFlow.version()));
    for (var method : methods.entrySet()) {
      String kind = method.getValue().method().getClass().getSimpleName();
      provenance = provenance.with("method " + method.getKey(), kind);
    }
    return provenance;
  }
}
