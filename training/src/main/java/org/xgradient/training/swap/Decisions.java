package org.xgradient.training.swap;

import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;

/**
 * What a model says of rows before and after a change.
 *
 * @param before the logits, of shape {@code [rows, outputs]}
 * @param after the logits after it, of the same shape
 */
record Decisions(Task task, FloatArray before, FloatArray after) {

  /** {@return the share of rows that get another class; 0 for a regression} */
  double changed() {
    if (task == Task.REGRESSION) {
      return 0;
    }
    int changed = 0;
    for (int row = 0; row < before.rows(); row++) {
      changed += decision(before, row) == decision(after, row) ? 0 : 1;
    }
    return (double) changed / before.rows();
  }

  /** {@return the mean absolute change of the probabilities, or of the outputs of a regression} */
  double meanChange() {
    double sum = 0;
    for (int row = 0; row < before.rows(); row++) {
      sum += change(row);
    }
    return sum / before.rows();
  }

  private double change(int row) {
    double[] one = meaning(before, row);
    double[] other = meaning(after, row);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs(one[i] - other[i]);
    }
    return task == Task.MULTICLASS ? sum / 2 : sum;
  }

  private double[] meaning(FloatArray logits, int row) {
    double[] values = values(logits, row);
    return switch (task) {
      case REGRESSION -> values;
      case BINARY -> new double[] {1 / (1 + Math.exp(-values[0]))};
      case MULTICLASS -> softmax(values);
    };
  }

  private int decision(FloatArray logits, int row) {
    double[] values = values(logits, row);
    if (values.length == 1) {
      return values[0] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static double[] softmax(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    double[] powers = new double[logits.length];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Math.exp(logits[i] - largest);
      sum += powers[i];
    }
    for (int i = 0; i < powers.length; i++) {
      powers[i] /= sum;
    }
    return powers;
  }

  private static double[] values(FloatArray logits, int row) {
    int outputs = logits.rowSize();
    double[] values = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      values[i] = logits.values()[row * outputs + i];
    }
    return values;
  }
}
