package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.xgradient.data.FloatArray;

/**
 * The Gini coefficient, as a measure of sparsity: {@code Σ_ij |a_i - a_j| / (2 n Σ_i a_i)}, with
 * {@code a} the mean absolute attribution of each of {@code n} features.
 *
 * <p>In {@code [0, 1 - 1/n]}, 0 if all features count alike, {@code 1 - 1/n} if one alone counts;
 * higher is sparser. All zeros count alike. Computed by sorting: with {@code a_(1) ≤ … ≤ a_(n)} it
 * is {@code Σ_i (2i - n - 1) a_(i) / (n Σ_i a_i)}.
 *
 * @see <a href="https://arxiv.org/abs/0811.4706">Hurley and Rickard (2009), Comparing measures of
 *     sparsity</a>
 * @see <a href="https://arxiv.org/abs/1906.10670">Erion et al. (2021), the sparsity prior</a>
 */
public final class Gini {

  private Gini() {}

  /**
   * The coefficient of the mean absolute attributions of some examples: how few features the model
   * uses over all of them.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}, all finite
   * @return the coefficient
   * @throws IllegalArgumentException if there is no row or no feature, or a value is not finite
   */
  public static double ofMeanAbsolute(FloatArray attributions) {
    AttributionChecks.requireFinite("the attributions", attributions);
    double[] mean = new double[attributions.rowSize()];
    float[] values = attributions.values();
    for (int i = 0; i < values.length; i++) {
      mean[i % mean.length] += Math.abs(values[i]);
    }
    return of(mean);
  }

  /**
   * The coefficient of each example's own absolute attributions: how few features it uses.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}, all finite
   * @return the coefficients, one for each row
   * @throws IllegalArgumentException if there is no row or no feature, or a value is not finite
   */
  public static double[] ofRows(FloatArray attributions) {
    AttributionChecks.requireFinite("the attributions", attributions);
    int size = attributions.rowSize();
    double[] coefficients = new double[attributions.rows()];
    for (int row = 0; row < coefficients.length; row++) {
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] = Math.abs(attributions.values()[row * size + i]);
      }
      coefficients[row] = of(values);
    }
    return coefficients;
  }

  /**
   * The coefficient of some values.
   *
   * @param values the values, each finite and at least 0, at least one
   * @return the coefficient
   * @throws IllegalArgumentException if there is no value, or one is negative or not finite
   */
  public static double of(double... values) {
    int n = values.length;
    checkArgument(n > 0, "the Gini coefficient needs at least one value, found none");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    checkArgument(
        sorted[0] >= 0 && Double.isFinite(sorted[n - 1]),
        "the values must be finite and at least 0, found values from %s to %s",
        sorted[0],
        sorted[n - 1]);
    double sum = 0;
    double weighted = 0;
    for (int i = 1; i <= n; i++) {
      sum += sorted[i - 1];
      weighted += (2.0 * i - n - 1) * sorted[i - 1];
    }
    return sum == 0 ? 0 : weighted / (n * sum);
  }
}
