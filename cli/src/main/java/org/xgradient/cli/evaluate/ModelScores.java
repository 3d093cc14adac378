package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.metrics.Accuracy;
import org.xgradient.metrics.CrossEntropy;
import org.xgradient.metrics.MeanSquaredError;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.metrics.RSquared;
import org.xgradient.metrics.RocAuc;
import org.xgradient.metrics.UndefinedMetricException;

/** How well a model predicts, by the metrics that its task has. */
final class ModelScores {

  private ModelScores() {}

  /**
   * The scores by the names of the metrics; NaN stands for one that these labels do not define.
   *
   * @param unit what an output of 1 is in the unit of the label, 1 for a classification
   */
  static ImmutableMap<String, Double> of(
      Task task, FloatArray logits, FloatArray labels, double unit) {
    ImmutableMap.Builder<String, Double> scores = ImmutableMap.builder();
    for (ModelMetric metric : metrics(task)) {
      scores.put(metric.name(), score(metric, logits, labels));
    }
    if (task == Task.REGRESSION) {
      double squares = score(new MeanSquaredError(), logits, labels);
      scores.put("root mean squared error", unit * Math.sqrt(squares));
    }
    return scores.buildOrThrow();
  }

  private static ImmutableList<ModelMetric> metrics(Task task) {
    return switch (task) {
      case BINARY -> ImmutableList.of(new Accuracy(), new RocAuc(), new CrossEntropy());
      case MULTICLASS -> ImmutableList.of(new Accuracy(), new CrossEntropy());
      case REGRESSION -> ImmutableList.of(new RSquared());
    };
  }

  private static double score(ModelMetric metric, FloatArray logits, FloatArray labels) {
    try {
      return metric.of(logits, labels);
    } catch (UndefinedMetricException e) {
      return Double.NaN;
    }
  }
}
