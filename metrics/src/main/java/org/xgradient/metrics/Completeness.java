package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.xgradient.attribution.Attributions;
import org.xgradient.data.FloatArray;

/**
 * How far the attributions of a method are from adding up to what they explain: the gap {@code Σ_i
 * A_i - (F(x) - F(x'))} of each example.
 *
 * <p>All three are at least 0, and 0 for a method that is complete; lower is better.
 *
 * @param meanAbsoluteGap the mean absolute gap, in the unit of the output
 * @param largestAbsoluteGap the largest absolute gap, in the unit of the output
 * @param relativeGap the mean absolute gap over the mean of {@code |F(x) - F(x')|}; 0 where both
 *     are 0, infinite where the latter alone is
 * @see <a href="https://arxiv.org/abs/1703.01365">Sundararajan, Taly and Yan (2017), Sec. 3</a>
 */
public record Completeness(double meanAbsoluteGap, double largestAbsoluteGap, double relativeGap) {

  /**
   * The gaps of what an attributor found.
   *
   * @param attributions the attributions of at least one row
   * @return the gaps; empty for a method that has no baseline to be complete from
   */
  public static Optional<Completeness> of(Attributions attributions) {
    return attributions
        .baselineOutput()
        .map(baseline -> of(attributions.values(), attributions.explained(), baseline));
  }

  /**
   * The gaps of attributions from anywhere.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}, all finite
   * @param outputs the explained output at the inputs, of shape {@code [rows]}
   * @param baselineOutputs the same output at the baselines, of shape {@code [rows]}
   * @return the gaps
   * @throws IllegalArgumentException if the shapes do not fit, there is no row, or an attribution
   *     is not finite
   */
  public static Completeness of(
      FloatArray attributions, FloatArray outputs, FloatArray baselineOutputs) {
    Attribution.requireFinite("the attributions", attributions);
    int rows = attributions.rows();
    checkArgument(
        outputs.size() == rows && baselineOutputs.size() == rows,
        "there must be one output and one output at the baseline for each of %s rows, found %s and"
            + " %s",
        rows,
        outputs.size(),
        baselineOutputs.size());
    int size = attributions.rowSize();
    double gaps = 0;
    double largest = 0;
    double differences = 0;
    for (int row = 0; row < rows; row++) {
      double difference = (double) outputs.values()[row] - baselineOutputs.values()[row];
      double gap = -difference;
      for (int i = 0; i < size; i++) {
        gap += attributions.values()[row * size + i];
      }
      gaps += Math.abs(gap);
      largest = Math.max(largest, Math.abs(gap));
      differences += Math.abs(difference);
    }
    return new Completeness(gaps / rows, largest, gaps == 0 ? 0 : gaps / differences);
  }
}
