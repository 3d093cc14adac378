package org.xgradient.metrics;

/** What of a model's output on a masked image counts. */
public enum Score {
  /** The logit of the label; the only logit of a model with one. */
  TARGET_LOGIT,
  /** The softmax probability of the label; the sigmoid of the only logit of a model with one. */
  TARGET_PROBABILITY,
  /**
   * 1 if the predicted class is the label, 0 if not. Of equal logits the lowest index is predicted;
   * a model with one logit predicts 1 if it is above 0, and 0 otherwise.
   */
  TOP1_ACCURACY;

  /**
   * The score of one example.
   *
   * @param logits logits of several examples, in rows
   * @param row which row
   * @param outputs the number of logits of a row
   * @param label the label of the example
   */
  public double of(float[] logits, int row, int outputs, int label) {
    int first = row * outputs;
    int target = outputs == 1 ? first : first + label;
    return switch (this) {
      case TARGET_LOGIT -> logits[target];
      case TARGET_PROBABILITY -> probability(logits, first, outputs, target);
      case TOP1_ACCURACY -> predicted(logits, first, outputs) == label ? 1 : 0;
    };
  }

  private static double probability(float[] logits, int first, int outputs, int target) {
    // 1 / Σ exp(z_c - z_y); for one logit the other is 0.
    double sum = outputs == 1 ? 1 + Math.exp(-(double) logits[target]) : 0;
    for (int c = first; outputs > 1 && c < first + outputs; c++) {
      sum += Math.exp((double) logits[c] - logits[target]);
    }
    return 1 / sum;
  }

  private static int predicted(float[] logits, int first, int outputs) {
    if (outputs == 1) {
      return logits[first] > 0 ? 1 : 0;
    }
    int largest = first;
    for (int c = first + 1; c < first + outputs; c++) {
      if (logits[c] > logits[largest]) {
        largest = c;
      }
    }
    return largest - first;
  }
}
