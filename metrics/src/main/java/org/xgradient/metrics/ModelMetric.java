package org.xgradient.metrics;

import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;

/** Judges the outputs of a model by the labels; an interface where users plug in their own. */
public interface ModelMetric {

  /**
   * The usual metric of a task.
   *
   * @param task the task
   * @return ROC-AUC, accuracy or R²
   */
  static ModelMetric of(Task task) {
    return switch (task) {
      case BINARY -> new RocAuc();
      case MULTICLASS -> new Accuracy();
      case REGRESSION -> new RSquared();
    };
  }

  /** {@return the name, as it stands in tables: {@code ROC-AUC}} */
  String name();

  /** {@return which values are better} */
  Direction direction();

  /**
   * Judges the outputs of some examples.
   *
   * @param outputs the logits or predictions, of shape {@code [rows, outputs]}, or {@code [rows]}
   *     for a model with one output; all finite
   * @param labels the labels, of shape {@code [rows]}: class indices, or real numbers for
   *     regression
   * @return the value
   * @throws UndefinedMetricException if the metric has no value for these labels
   * @throws IllegalArgumentException if the shapes do not fit, there is no row, an output is not
   *     finite, or a label is not one of the metric's
   */
  double of(FloatArray outputs, FloatArray labels);
}
