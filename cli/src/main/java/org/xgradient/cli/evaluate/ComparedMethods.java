package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.AutomaticMethod;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.runtime.NativeTensorFlow;

/**
 * Makes the methods that a user wants to compare.
 *
 * @param options which, and how they run
 * @param baseline where attributions start to count
 */
record ComparedMethods(AttributionOptions options, Baseline baseline) {

  /** As many as the automatic choice needs to see. */
  private static final int ROWS_OF_CHOICE = 256;

  /** Those that count from zero. */
  ComparedMethods(AttributionOptions options) {
    this(options, Baseline.zero());
  }

  /** The methods by name; the references are those of Expected Gradients. */
  ImmutableMap<String, AttributionMethod> of(
      BoundModel model, FloatArray inputs, FloatArray references) {
    ImmutableMap.Builder<String, AttributionMethod> methods = ImmutableMap.builder();
    options
        .toCompare()
        .forEach(
            (name, option) ->
                methods.put(
                    name,
                    option == MethodOption.AUTO
                        ? AutomaticMethod.choose(
                                model,
                                inputs.rows(0, Math.min(ROWS_OF_CHOICE, inputs.rows())),
                                options.automatic(options.runs()).withBaseline(baseline))
                            .method()
                        : from(
                            options.method(
                                option, Optional.of(ReferenceDistribution.uniform(references))))));
    return methods.buildOrThrow();
  }

  private AttributionMethod from(AttributionMethod method) {
    return method instanceof IntegratedGradients path ? path.withBaseline(baseline) : method;
  }

  /** What is known of the methods, for reports. */
  static Provenance provenance(AttributionOptions options, Map<String, AttributionMethod> methods) {
    Provenance provenance =
        options.addTo(Provenance.ofThisProcess().with("TensorFlow", NativeTensorFlow.version()));
    for (var method : methods.entrySet()) {
      String kind = method.getValue().getClass().getSimpleName();
      provenance = provenance.with("method " + method.getKey(), kind);
    }
    return provenance;
  }
}
