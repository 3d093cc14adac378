package org.xgradient.benchmarks.campaign.points;

import com.google.common.collect.ImmutableTable;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.Quadrature.Rule;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;

/**
 * What the rules are off by on rows of standard normal values.
 *
 * @param gap the completeness gap: the mean absolute gap over the mean absolute change of the
 *     output
 * @param difference the mean absolute difference to the attributions of very many steps, over their
 *     mean absolute value
 */
record PathAccuracy(double gap, double difference) {

  /**
   * Measures every rule with every number of gradients.
   *
   * @param model the model, of one example a row
   * @param points the numbers of gradients
   * @param rows how many rows
   * @param reference how many steps of the midpoint rule to compare with
   * @param seed of the rows
   * @return what each rule is off by
   */
  static ImmutableTable<Integer, PathRule, PathAccuracy> measure(
      BoundModel model, List<Integer> points, int rows, int reference, long seed) {
    FloatArray inputs = normal(seed, rows, model.model().inputShape());
    FloatArray exact =
        attribute(
                model,
                new IntegratedGradients(Baseline.zero(), Quadrature.of(Rule.MIDPOINT, reference)),
                inputs)
            .values();
    ImmutableTable.Builder<Integer, PathRule, PathAccuracy> found = ImmutableTable.builder();
    for (int gradients : points) {
      for (PathRule rule : PathRule.values()) {
        Attributions attributions = attribute(model, rule.method(gradients), inputs);
        found.put(
            gradients,
            rule,
            new PathAccuracy(
                attributions.completeness().orElseThrow().relativeGap(),
                difference(attributions.values(), exact)));
      }
    }
    return found.build();
  }

  private static Attributions attribute(
      BoundModel model, AttributionMethod method, FloatArray inputs) {
    return Attributor.of(model, method).attribute(inputs);
  }

  private static FloatArray normal(long seed, int rows, ImmutableIntArray example) {
    int[] shape = ImmutableIntArray.builder().add(rows).addAll(example).build().toArray();
    FloatArray values = FloatArray.zeros(shape);
    DataRandom random = new DataRandom(seed);
    for (int i = 0; i < values.size(); i++) {
      values.values()[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double difference(FloatArray found, FloatArray exact) {
    double sum = 0;
    double size = 0;
    for (int i = 0; i < exact.size(); i++) {
      sum += Math.abs((double) found.values()[i] - exact.values()[i]);
      size += Math.abs(exact.values()[i]);
    }
    return sum / size;
  }
}
