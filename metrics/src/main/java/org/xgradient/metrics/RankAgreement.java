package org.xgradient.metrics;

import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.xgradient.data.FloatArray;

/**
 * Whether two attributions put the features of an example in the same order: Spearman's rank
 * correlation, ties sharing the mean of their ranks.
 *
 * <p>In {@code [-1, 1]}, 1 for the same order, -1 for the reverse, about 0 for unrelated ones. An
 * attribution that is the same for all features has no order; its agreement is given as 0.
 *
 * @see <a href="https://arxiv.org/abs/1810.03292">Adebayo et al. (2018), Sanity checks for saliency
 *     maps, Sec. 3</a>
 */
public final class RankAgreement {

  private RankAgreement() {}

  /**
   * The agreement of the signed attributions of each example.
   *
   * @param first attributions, of shape {@code [rows, ...]}, at least two features, all finite
   * @param second others, of the same shape, all finite
   * @return the correlations, one for each row
   * @throws IllegalArgumentException if the shapes differ, there are fewer than two features, or a
   *     value is not finite
   */
  public static double[] ofRows(FloatArray first, FloatArray second) {
    return correlate(first, second, false);
  }

  /**
   * The agreement of the absolute attributions of each example.
   *
   * @param first attributions, of shape {@code [rows, ...]}, at least two features, all finite
   * @param second others, of the same shape, all finite
   * @return the correlations, one for each row
   * @throws IllegalArgumentException if the shapes differ, there are fewer than two features, or a
   *     value is not finite
   */
  public static double[] ofAbsoluteRows(FloatArray first, FloatArray second) {
    return correlate(first, second, true);
  }

  private static double[] correlate(FloatArray first, FloatArray second, boolean absolute) {
    AttributionChecks.requireSameShape("the first attributions", first, "the second", second);
    AttributionChecks.requireFinite("the first attributions", first);
    AttributionChecks.requireFinite("the second attributions", second);
    if (first.rowSize() < 2) {
      throw new IllegalArgumentException("an order needs at least 2 features, found 1");
    }
    double[] agreements = new double[first.rows()];
    for (int row = 0; row < agreements.length; row++) {
      double correlation =
          new SpearmansCorrelation()
              .correlation(row(first, row, absolute), row(second, row, absolute));
      agreements[row] = Double.isNaN(correlation) ? 0 : correlation;
    }
    return agreements;
  }

  private static double[] row(FloatArray attributions, int row, boolean absolute) {
    int size = attributions.rowSize();
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      float value = attributions.values()[row * size + i];
      values[i] = absolute ? Math.abs(value) : value;
    }
    return values;
  }
}
