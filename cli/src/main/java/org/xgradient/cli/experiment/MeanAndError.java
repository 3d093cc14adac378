package org.xgradient.cli.experiment;

import com.google.common.primitives.ImmutableDoubleArray;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.Numbers;

/**
 * A mean over repetitions.
 *
 * @param mean the mean
 * @param error its standard error
 */
record MeanAndError(double mean, double error) {

  static MeanAndError of(ImmutableDoubleArray values) {
    SummaryStatistics statistics = new SummaryStatistics();
    values.forEach(statistics::addValue);
    return new MeanAndError(
        statistics.getMean(),
        statistics.getStandardDeviation() / Math.sqrt((double) statistics.getN()));
  }

  Estimate estimate() {
    return Estimate.withError(mean, error);
  }

  @Override
  public String toString() {
    return Numbers.meanAndError(mean, error);
  }
}
