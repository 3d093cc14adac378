package org.xgradient.graph.homogeneity;

import org.xgradient.data.FloatArray;

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

  /** The class with the largest logit; of a single logit, whether it is positive. */
  private static int decision(FloatArray logits, int row) {
    int outputs = logits.rowSize();
    int first = row * outputs;
    if (outputs == 1) {
      return logits.values()[first] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < outputs; i++) {
      best = logits.values()[first + i] > logits.values()[first + best] ? i : best;
    }
    return best;
  }
}
