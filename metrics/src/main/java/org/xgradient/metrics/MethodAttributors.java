package org.xgradient.metrics;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Target;

/**
 * Several attribution methods, prepared for one model: what a comparison runs on the same inputs.
 *
 * <p>The logit of the label is explained, or the only logit of a model with one, whatever the
 * label.
 */
public final class MethodAttributors {

  private final ImmutableMap<String, Attributor> attributors;
  private final boolean onlyLogit;

  private MethodAttributors(ImmutableMap<String, Attributor> attributors, boolean onlyLogit) {
    this.attributors = attributors;
    this.onlyLogit = onlyLogit;
  }

  /**
   * Prepares methods.
   *
   * @param session the session of the model, borrowed
   * @param model the model
   * @param methods the methods by name, in the order in which results are given
   * @param options budget, seed and progress of each
   * @return the prepared methods
   * @throws IllegalArgumentException if a method does not apply to the model
   */
  public static MethodAttributors of(
      GraphSession session,
      Model model,
      Map<String, AttributionMethod> methods,
      AttributorOptions options) {
    boolean onlyLogit = model.outputs() == 1;
    ImmutableMap.Builder<String, Attributor> attributors = ImmutableMap.builder();
    methods.forEach(
        (name, method) ->
            attributors.put(
                name,
                onlyLogit
                    ? Attributor.of(session, model, method, Target.onlyLogit(), options)
                    : Attributor.ofLabels(session, model, method, options)));
    return new MethodAttributors(attributors.buildOrThrow(), onlyLogit);
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
        (name, attributor) ->
            results.put(
                name,
                onlyLogit ? attributor.attribute(inputs) : attributor.attribute(inputs, labels)));
    return results.buildOrThrow();
  }
}
