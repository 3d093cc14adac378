package org.xgradient.metrics;

import java.util.stream.IntStream;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Predictor;

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

  /**
   * Judges a model by examples.
   *
   * @param model the model, whose variables have values
   * @param data the examples, at least one
   * @return the value
   * @throws UndefinedMetricException if the metric has no value for their labels
   * @throws IllegalArgumentException if the data do not fit the model
   * @throws org.xgradient.graph.NotFiniteException if a logit is not finite
   */
  default double of(BoundModel model, Dataset data) {
    Predictor predictor = Predictor.of(model);
    int width = model.model().outputs();
    FloatArray outputs = FloatArray.zeros(data.size(), width);
    FloatArray labels = FloatArray.zeros(data.size());
    for (int from = 0; from < data.size(); from += predictor.batch()) {
      int to = Math.min(data.size(), from + predictor.batch());
      Batch part = data.batch(IntStream.range(from, to).toArray());
      float[] computed = predictor.logits(part.inputs(), from).values();
      System.arraycopy(computed, 0, outputs.values(), from * width, computed.length);
      System.arraycopy(part.labels().values(), 0, labels.values(), from, to - from);
    }
    return of(outputs, labels);
  }
}
