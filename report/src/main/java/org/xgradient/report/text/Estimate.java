package org.xgradient.report.text;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.stream.DoubleStream;
import org.xgradient.data.SampleMean;

/**
 * A number and how far it can be trusted.
 *
 * @param value the number; NaN if it is missing
 * @param low the low end of its interval; NaN if there is none
 * @param high the high end of its interval; NaN if there is none
 */
public record Estimate(double value, double low, double high) {

  /**
   * Checks that the value is in its interval.
   *
   * @throws IllegalArgumentException if it isn't, or if a number is infinite
   */
  public Estimate {
    checkArgument(
        !Double.isInfinite(value) && !Double.isInfinite(low) && !Double.isInfinite(high),
        "an estimate must be finite, found %s in [%s, %s]",
        value,
        low,
        high);
    checkArgument(
        !(low > value) && !(high < value),
        "the value must be in its interval, found %s in [%s, %s]",
        value,
        low,
        high);
  }

  /**
   * A number without an interval.
   *
   * @param value the number
   * @return the estimate
   */
  public static Estimate exact(double value) {
    return new Estimate(value, Double.NaN, Double.NaN);
  }

  /**
   * A mean and its standard error.
   *
   * @param mean the mean
   * @param error the standard error, at least 0; NaN if unknown
   * @return the estimate, whose interval is one error to either side
   * @throws IllegalArgumentException if the error is negative
   */
  public static Estimate withError(double mean, double error) {
    checkArgument(!(error < 0), "a standard error must be at least 0, found %s", error);
    return new Estimate(mean, mean - error, mean + error);
  }

  /**
   * A mean and its standard error.
   *
   * @param mean the mean
   * @return the estimate, whose interval is one error to either side
   */
  public static Estimate of(SampleMean mean) {
    return withError(mean.mean(), mean.error());
  }

  /**
   * A number in an interval, such as a bootstrap's.
   *
   * @param value the number
   * @param low the low end
   * @param high the high end
   * @return the estimate
   */
  public static Estimate within(double value, double low, double high) {
    return new Estimate(value, low, high);
  }

  /** {@return a number that is not known, which leaves a gap in a chart} */
  public static Estimate missing() {
    return exact(Double.NaN);
  }

  /** {@return whether there is an interval} */
  public boolean hasInterval() {
    return !Double.isNaN(value) && !Double.isNaN(low) && !Double.isNaN(high);
  }

  /** {@return the number with its error or interval, as people write it} */
  public String text() {
    if (!hasInterval()) {
      return Numbers.significant(value, 4);
    }
    double error = (high - low) / 2;
    return Math.abs(value - low - error) <= 1e-6 * error
        ? Numbers.meanAndError(value, error)
        : Numbers.interval(value, low, high);
  }

  /** All numbers that a chart has to find room for. */
  public DoubleStream extent() {
    return hasInterval() ? DoubleStream.of(low, value, high) : DoubleStream.of(value);
  }
}
