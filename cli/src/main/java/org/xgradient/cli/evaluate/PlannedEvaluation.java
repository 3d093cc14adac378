package org.xgradient.cli.evaluate;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;

/**
 * Methods to compare, and on what.
 *
 * @param subject the model and what it takes
 * @param inputs what the model sees, of shape {@code [rows, ...]}, at least two rows
 * @param labels the encoded labels, of shape {@code [rows]}
 * @param methods the methods by name, at least one; the others are compared with the first
 * @param metrics what to measure, at least one
 * @param memoryBudget the bytes that the values of one run may take
 * @param seed what methods and metrics draw from
 */
public record PlannedEvaluation(
    Subject subject,
    FloatArray inputs,
    FloatArray labels,
    ImmutableMap<String, ComparedMethod> methods,
    ImmutableSet<EvaluationMetric> metrics,
    long memoryBudget,
    long seed) {

  /**
   * Checks that there is something to compare.
   *
   * @throws IllegalArgumentException if there are fewer than two rows, not a label for each, no
   *     method or no metric
   */
  public PlannedEvaluation {
    checkArgument(
        inputs.rows() >= 2,
        "a comparison needs at least 2 rows for its confidence intervals, found %s",
        inputs.rows());
    checkArgument(
        labels.size() == inputs.rows(),
        "there must be a label for each of %s rows, found %s",
        inputs.rows(),
        labels.size());
    checkArgument(!methods.isEmpty(), "there must be at least one method, found none");
    checkArgument(!metrics.isEmpty(), "there must be at least one metric, found none");
  }

  int rows() {
    return inputs.rows();
  }

  int[] classes() {
    return classes(labels, subject.task());
  }

  /** The class of each row; 0 for a regression, whose only output counts whatever the label is. */
  static int[] classes(FloatArray labels, Task task) {
    int[] classes = new int[labels.size()];
    for (int i = 0; i < classes.length && task != Task.REGRESSION; i++) {
      classes[i] = (int) labels.values()[i];
    }
    return classes;
  }
}
