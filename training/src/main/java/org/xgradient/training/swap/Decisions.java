package org.xgradient.training.swap;

import org.xgradient.data.FloatArray;
import org.xgradient.data.PredictedClass;
import org.xgradient.data.Task;
import org.xgradient.training.model.ClassProbabilities;

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

  /** Half the sum over the probabilities, which for two classes is the change of either. */
  private double change(int row) {
    float[] one = before.rows(row, row + 1).values();
    float[] other = after.rows(row, row + 1).values();
    if (task == Task.REGRESSION) {
      return Math.abs((double) one[0] - other[0]);
    }
    double[] likely = ClassProbabilities.of(task, one);
    double[] now = ClassProbabilities.of(task, other);
    double sum = 0;
    for (int i = 0; i < likely.length; i++) {
      sum += Math.abs(likely[i] - now[i]);
    }
    return sum / 2;
  }

  private int decision(FloatArray logits, int row) {
    return PredictedClass.ofLogits(logits.rows(row, row + 1).values());
  }
}
