package org.xgradient.cli.demo;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.Numbers;

/**
 * A mean over repetitions.
 *
 * @param mean the mean
 * @param error its standard error
 */
record Mean(double mean, double error) {

  static Mean of(double... values) {
    SummaryStatistics statistics = new SummaryStatistics();
    for (double value : values) {
      statistics.addValue(value);
    }
    return new Mean(
        statistics.getMean(),
        statistics.getStandardDeviation() / Math.sqrt((double) statistics.getN()));
  }

  static <R> Mean of(List<R> runs, ToDoubleFunction<R> value) {
    return of(runs.stream().mapToDouble(value).toArray());
  }

  /** The mean difference of two arms, repetition by repetition. */
  static <R> Mean ofDifferences(List<R> runs, List<R> others, ToDoubleFunction<R> value) {
    double[] differences = new double[runs.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = value.applyAsDouble(runs.get(i)) - value.applyAsDouble(others.get(i));
    }
    return of(differences);
  }

  /** {@return whether the mean is more than two standard errors above 0} */
  boolean isClearlyPositive() {
    return mean > 2 * error;
  }

  Estimate estimate() {
    return Estimate.withError(mean, error);
  }

  @Override
  public String toString() {
    return Numbers.meanAndError(mean, error);
  }
}
