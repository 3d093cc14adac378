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

  /** NaN stands for a metric that these labels do not define. */
  static ImmutableMap<String, Double> of(Task task, FloatArray logits, FloatArray labels) {
    ImmutableMap.Builder<String, Double> scores = ImmutableMap.builder();
    for (ModelMetric metric : metrics(task)) {
      scores.put(metric.name(), score(metric, logits, labels));
    }
    return scores.buildOrThrow();
  }

  private static ImmutableList<ModelMetric> metrics(Task task) {
    return switch (task) {
      case BINARY -> ImmutableList.of(new Accuracy(), new RocAuc(), new CrossEntropy());
      case MULTICLASS -> ImmutableList.of(new Accuracy(), new CrossEntropy());
      case REGRESSION -> ImmutableList.of(new RSquared(), new MeanSquaredError());
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
