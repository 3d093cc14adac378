package org.xgradient.metrics;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Target;

/**
 * Several attribution methods, prepared for one model: what a comparison runs on the same inputs.
 *
 * <p>The logit of the label is explained, or the only logit of a model with one, whatever the
 * label.
 */
public final class MethodAttributors {

  private final ImmutableMap<String, Attributor> attributors;

  private MethodAttributors(ImmutableMap<String, Attributor> attributors) {
    this.attributors = attributors;
  }

  /**
   * Prepares methods.
   *
   * @param model the model
   * @param methods the methods by name, in the order in which results are given
   * @param options budget, seed and progress of each; their target is not looked at
   * @return the prepared methods
   * @throws IllegalArgumentException if a method does not apply to the model
   */
  public static MethodAttributors of(
      BoundModel model, Map<String, AttributionMethod> methods, AttributorOptions options) {
    AttributorOptions ofLabels = options.withTarget(Target.label());
    ImmutableMap.Builder<String, Attributor> attributors = ImmutableMap.builder();
    methods.forEach(
        (name, method) -> attributors.put(name, Attributor.of(model, method, ofLabels)));
    return new MethodAttributors(attributors.buildOrThrow());
  }

  /**
   * Runs all methods.
   *
   * @param inputs the inputs, of shape {@code [rows, ...]}, all finite
   * @param labels the label of each row; not looked at for a model with one output
   * @return what each method found, by its name
   * @throws IllegalArgumentException if the inputs or labels do not fit the model
   */
  public ImmutableMap<String, Attributions> attribute(FloatArray inputs, int[] labels) {
    ImmutableMap.Builder<String, Attributions> results = ImmutableMap.builder();
    attributors.forEach(
        (name, attributor) -> results.put(name, attributor.attribute(inputs, labels)));
    return results.buildOrThrow();
  }
}
