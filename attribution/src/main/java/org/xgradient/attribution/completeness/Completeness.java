package org.xgradient.attribution.completeness;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.FloatArray;
import org.xgradient.graph.Finiteness;

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
    checkArgument(
        Finiteness.firstNotFinite(attributions.values()) < 0, "the attributions must be finite");
    double[] gaps = gaps(attributions, outputs, baselineOutputs);
    double sum = 0;
    double largest = 0;
    double differences = 0;
    for (int row = 0; row < gaps.length; row++) {
      sum += Math.abs(gaps[row]);
      largest = Math.max(largest, Math.abs(gaps[row]));
      differences += Math.abs((double) outputs.values()[row] - baselineOutputs.values()[row]);
    }
    return new Completeness(sum / gaps.length, largest, sum == 0 ? 0 : sum / differences);
  }

  /**
   * The gap of each row.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}
   * @param outputs the explained output at the inputs, of shape {@code [rows]}
   * @param baselineOutputs the same output at the baselines, of shape {@code [rows]}
   * @return the gaps, with their signs
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static double[] gaps(
      FloatArray attributions, FloatArray outputs, FloatArray baselineOutputs) {
    int rows = attributions.rows();
    checkArgument(
        outputs.size() == rows && baselineOutputs.size() == rows,
        "there must be one output and one output at the baseline for each of %s rows, found %s and"
            + " %s",
        rows,
        outputs.size(),
        baselineOutputs.size());
    double[] gaps = sums(attributions);
    for (int row = 0; row < rows; row++) {
      gaps[row] = gaps[row] - outputs.values()[row] + baselineOutputs.values()[row];
    }
    return gaps;
  }

  /**
   * What the attributions of each row add up to, in double precision.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}
   * @return the sum of each row
   */
  public static double[] sums(FloatArray attributions) {
    int size = attributions.rowSize();
    double[] sums = new double[attributions.rows()];
    for (int row = 0; row < sums.length; row++) {
      sums[row] = sum(attributions.values(), row * size, (row + 1) * size);
    }
    return sums;
  }

  /** Four sums at a time: each addition would wait for the one before it. */
  private static double sum(float[] values, int from, int to) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      first += values[i];
      second += values[i + 1];
      third += values[i + 2];
      fourth += values[i + 3];
    }
    for (; i < to; i++) {
      first += values[i];
    }
    return first + second + (third + fourth);
  }
}
