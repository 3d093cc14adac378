package org.xgradient.data;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A mean over repetitions.
 *
 * @param count the number of values
 * @param mean the mean
 * @param error its standard error: the standard deviation of the sample, divided by {@code √count};
 *     0 for a single value
 */
public record SampleMean(long count, double mean, double error) {

  /** {@return the mean of values} */
  public static SampleMean of(double... values) {
    SummaryStatistics statistics = new SummaryStatistics();
    for (double value : values) {
      statistics.addValue(value);
    }
    return new SampleMean(
        statistics.getN(),
        statistics.getMean(),
        statistics.getStandardDeviation() / Math.sqrt((double) statistics.getN()));
  }

  /** {@return the mean of something of each run} */
  public static <R> SampleMean of(List<R> runs, ToDoubleFunction<R> value) {
    return of(runs.stream().mapToDouble(value).toArray());
  }

  /** {@return the mean difference of two ways, repetition by repetition} */
  public static <R> SampleMean ofDifferences(
      List<R> runs, List<R> others, ToDoubleFunction<R> value) {
    double[] differences = new double[runs.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = value.applyAsDouble(runs.get(i)) - value.applyAsDouble(others.get(i));
    }
    return of(differences);
  }

  /** {@return whether the mean is more than two standard errors above 0} */
  public boolean isClearlyPositive() {
    return mean > 2 * error;
  }
}
