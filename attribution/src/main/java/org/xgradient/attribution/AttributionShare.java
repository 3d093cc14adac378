package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.xgradient.data.FloatArray;

/**
 * How much of the attribution falls on some features: the sum of {@code |A_ri|} over all rows
 * {@code r} and these features {@code i}, divided by the sum over all rows and all features. For
 * test suites that hold a model to ignore, say, a protected column.
 *
 * @param features the indices of the features in a flattened row
 * @param share the share, in {@code [0, 1]}
 * @param allowance what the same number of features would have if all had equal shares, in {@code
 *     [0, 1]}
 * @param worstRow the row in which these features have the largest share
 * @param worstShare their share in that row, in {@code [0, 1]}
 */
public record AttributionShare(
    ImmutableIntArray features, double share, double allowance, int worstRow, double worstShare) {

  /**
   * Measures the share.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}, all finite
   * @param features the indices of the features in a flattened row, at least one, all different
   * @return the share
   * @throws IllegalArgumentException if there is no such feature, one is given twice, an
   *     attribution is not finite, or all are zero, so that there is nothing to share
   */
  public static AttributionShare of(FloatArray attributions, int... features) {
    int rowSize = attributions.rowSize();
    check(features, rowSize);
    double total = 0;
    double onFeatures = 0;
    int worstRow = 0;
    double worstShare = 0;
    for (int row = 0; row < attributions.rows(); row++) {
      double ofRow = 0;
      for (int feature = 0; feature < rowSize; feature++) {
        ofRow += magnitude(attributions, row, feature);
      }
      double onFeaturesOfRow = 0;
      for (int feature : features) {
        onFeaturesOfRow += magnitude(attributions, row, feature);
      }
      if (onFeaturesOfRow > worstShare * ofRow) {
        worstRow = row;
        worstShare = onFeaturesOfRow / ofRow;
      }
      total += ofRow;
      onFeatures += onFeaturesOfRow;
    }
    checkArgument(
        total > 0,
        "all attributions of %s rows are zero, so no feature has a share of them",
        attributions.rows());
    return new AttributionShare(
        ImmutableIntArray.copyOf(features),
        onFeatures / total,
        (double) features.length / rowSize,
        worstRow,
        worstShare);
  }

  /**
   * Asserts that the features carry little of the attribution.
   *
   * @param limit the largest share allowed, in {@code [0, 1]}
   * @throws AssertionError if they carry more; the message says how much, and where most
   * @throws IllegalArgumentException if the limit is not in {@code [0, 1]}
   */
  public void assertAtMost(double limit) {
    checkArgument(limit >= 0 && limit <= 1, "the limit must be in [0, 1], found %s", limit);
    if (share > limit) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "features %s carry %.3g %% of the attribution, at most %.3g %% are allowed; most in row"
                  + " %s, %.3g %%",
              features,
              100 * share,
              100 * limit,
              worstRow,
              100 * worstShare));
    }
  }

  private static void check(int[] features, int rowSize) {
    checkArgument(features.length > 0, "there must be at least one feature, found none");
    Set<Integer> seen = new HashSet<>();
    for (int feature : features) {
      checkArgument(
          feature >= 0 && feature < rowSize,
          "features must be in [0, %s), found %s",
          rowSize,
          feature);
      checkArgument(seen.add(feature), "features must differ, found %s twice", feature);
    }
  }

  private static double magnitude(FloatArray attributions, int row, int feature) {
    float value = attributions.values()[row * attributions.rowSize() + feature];
    checkArgument(
        Float.isFinite(value),
        "attributions must be finite, found %s in row %s, feature %s",
        value,
        row,
        feature);
    return Math.abs(value);
  }
}
