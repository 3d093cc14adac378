package org.xgradient.attribution.axioms;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.FloatArray;

/**
 * What a check looks at.
 *
 * @param workbench the model and the method
 * @param starts what attributions count from: one array of the shape of {@code rows} for each
 *     reference
 * @param rows the inputs
 * @param labelOfRow the explained logit of each row
 * @param featureLimit the largest number of features to look at one by one
 */
record AxiomSubject(
    Workbench workbench,
    ImmutableList<FloatArray> starts,
    FloatArray rows,
    ImmutableIntArray labelOfRow,
    int featureLimit) {

  int[] labels() {
    return labelOfRow.toArray();
  }

  int features() {
    return rows.rowSize();
  }

  /** The index of a feature of a row in flattened arrays. */
  int index(int row, int feature) {
    return row * features() + feature;
  }

  float[] attributions(Variant variant) {
    return attributions(variant, rows);
  }

  float[] attributions(Variant variant, FloatArray inputs) {
    return workbench.attributions(variant, inputs, labels());
  }
}
