package org.xgradient.graph.homogeneity;

import org.xgradient.data.FloatArray;
import org.xgradient.data.PredictedClass;

/** Compares logits before and after a change of a model. */
final class LogitChange {

  private LogitChange() {}

  /**
   * Compares.
   *
   * @param before the logits before, of shape {@code [rows, outputs]}
   * @param after the logits after, of the same shape
   * @return the change
   */
  static StrippedModel.Change of(FloatArray before, FloatArray after) {
    float[] differences = new float[before.size()];
    double largest = 0;
    for (int i = 0; i < differences.length; i++) {
      differences[i] = after.values()[i] - before.values()[i];
      largest = Math.max(largest, Math.abs(differences[i]));
    }
    int same = 0;
    for (int row = 0; row < before.rows(); row++) {
      same += decision(before, row) == decision(after, row) ? 1 : 0;
    }
    double difference = size(FloatArray.of(differences, before.shape().toArray()));
    return new StrippedModel.Change(
        size(before), difference, largest, (double) same / before.rows());
  }

  /** {@return the root mean square} */
  static double size(FloatArray values) {
    double sum = 0;
    for (float value : values.values()) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / Math.max(1, values.size()));
  }

  private static int decision(FloatArray logits, int row) {
    return PredictedClass.ofLogits(logits.rows(row, row + 1).values());
  }
}
