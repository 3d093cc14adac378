package org.xgradient.metrics;

import org.xgradient.data.FloatArray;

/** Judges the outputs of a model by the labels; an interface where users plug in their own. */
public interface ModelMetric {

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
