package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.FloatArray;

/** Checks that metrics of attributions share. */
public final class AttributionChecks {

  private AttributionChecks() {}

  /** Refuses what has no rows or features, and values that are not finite. */
  public static void requireFinite(String name, FloatArray attributions) {
    checkArgument(
        attributions.shape().length() >= 2 && attributions.size() > 0,
        "%s must be of shape [rows, ...] with at least one row and one feature, found %s",
        name,
        attributions.shape());
    float[] values = attributions.values();
    for (int i = 0; i < values.length; i++) {
      checkArgument(
          Float.isFinite(values[i]),
          "%s must be finite, found %s in row %s, feature %s",
          name,
          values[i],
          i / attributions.rowSize(),
          i % attributions.rowSize());
    }
  }

  /** Refuses arrays of different shapes. */
  static void requireSameShape(String name, FloatArray first, String other, FloatArray second) {
    checkArgument(
        first.shape().equals(second.shape()),
        "%s and %s must be of the same shape, found %s and %s",
        name,
        other,
        first.shape(),
        second.shape());
  }

  /** Refuses labels that are not one for each row, or not classes. */
  public static void requireLabels(int[] labels, int rows, int classes) {
    checkArgument(
        labels.length == rows,
        "there must be one label for each of %s rows, found %s",
        rows,
        labels.length);
    for (int i = 0; i < rows; i++) {
      checkArgument(
          labels[i] >= 0 && labels[i] < classes,
          "labels must be in [0, %s), found %s in row %s",
          classes,
          labels[i],
          i);
    }
  }
}
