package org.xgradient.cli.evaluate;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.training.table.TableModel;

/**
 * Methods to compare, and on what.
 *
 * @param model the model, borrowed
 * @param features the preprocessed rows, of shape {@code [rows, features]}, at least two rows
 * @param labels the encoded labels, of shape {@code [rows]}
 * @param methods the methods by name, at least one; the others are compared with the first
 * @param metrics what to measure, at least one
 * @param memoryBudget the bytes that the values of one run may take
 * @param seed what methods and metrics draw from
 */
public record Comparison(
    TableModel model,
    FloatArray features,
    FloatArray labels,
    ImmutableMap<String, AttributionMethod> methods,
    ImmutableSet<EvaluationMetric> metrics,
    long memoryBudget,
    long seed) {

  /**
   * Checks that there is something to compare.
   *
   * @throws IllegalArgumentException if there are fewer than two rows, not a label for each, no
   *     method or no metric
   */
  public Comparison {
    checkArgument(
        features.rows() >= 2,
        "a comparison needs at least 2 rows for its confidence intervals, found %s",
        features.rows());
    checkArgument(
        labels.size() == features.rows(),
        "there must be a label for each of %s rows, found %s",
        features.rows(),
        labels.size());
    checkArgument(!methods.isEmpty(), "there must be at least one method, found none");
    checkArgument(!metrics.isEmpty(), "there must be at least one metric, found none");
  }

  int rows() {
    return features.rows();
  }

  /** The class of each row; 0 for a regression, whose only output counts whatever the label is. */
  int[] classes() {
    int[] classes = new int[labels.size()];
    for (int i = 0; i < classes.length && model.labels().task() != Task.REGRESSION; i++) {
      classes[i] = (int) labels.values()[i];
    }
    return classes;
  }
}
