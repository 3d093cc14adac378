package org.xgradient.experiments.sparsity;

import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.data.FloatArray;

/** The global importance of features: their mean absolute attribution. */
final class Importance {

  private Importance() {}

  /**
   * Averages over rows.
   *
   * @param attributions the attributions, of shape {@code [rows, features]}
   * @return the mean absolute attribution of each feature
   */
  static ImmutableDoubleArray of(FloatArray attributions) {
    int features = attributions.rowSize();
    double[] means = new double[features];
    for (int i = 0; i < attributions.size(); i++) {
      means[i % features] += Math.abs(attributions.values()[i]) / attributions.rows();
    }
    return ImmutableDoubleArray.copyOf(means);
  }
}
