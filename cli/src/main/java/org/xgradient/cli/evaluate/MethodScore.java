package org.xgradient.cli.evaluate;

import com.google.common.primitives.Doubles;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.report.text.Numbers;

/**
 * What a method scores in a metric.
 *
 * @param method the name of the method
 * @param metric the metric
 * @param value the mean over the rows; NaN where the metric does not apply to the method
 * @param lower the lower end of its confidence interval; NaN if there is none
 * @param upper the upper end of its confidence interval; NaN if there is none
 */
public record MethodScore(
    String method, EvaluationMetric metric, double value, double lower, double upper) {

  static MethodScore of(
      String method, EvaluationMetric metric, double[] rows, Bootstrap bootstrap) {
    if (!Doubles.asList(rows).stream().allMatch(Double::isFinite)) {
      // A quotient of one row was infinite, and so is the mean.
      return new MethodScore(method, metric, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN);
    }
    double sum = 0;
    for (double value : rows) {
      sum += value;
    }
    ConfidenceInterval interval = bootstrap.ofMean(rows);
    return new MethodScore(method, metric, sum / rows.length, interval.lower(), interval.upper());
  }

  /** A value without an interval; NaN where the metric does not apply. */
  static MethodScore of(String method, EvaluationMetric metric, double value) {
    return new MethodScore(method, metric, value, Double.NaN, Double.NaN);
  }

  static MethodScore missing(String method, EvaluationMetric metric) {
    return of(method, metric, Double.NaN);
  }

  /** {@return the value with half its interval} */
  String text() {
    return Double.isNaN(value) ? Numbers.MISSING : Numbers.meanAndError(value, (upper - lower) / 2);
  }
}
