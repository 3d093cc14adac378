package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;

import org.apache.commons.math3.stat.StatUtils;

/**
 * Shifts and scales numbers to mean 0 and variance 1 over the training rows: z = (x - mean) /
 * scale.
 *
 * <p>The scale is the standard deviation with the divisor n. Equal numbers have scale 1, so that
 * they become 0.
 *
 * @param mean the mean, finite
 * @param scale the scale, finite and more than 0
 */
public record Standardizer(double mean, double scale) {

  private static final double EPSILON = Math.ulp(1.0);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Standardizer {
    checkArgument(Double.isFinite(mean), "the mean must be finite, found %s", mean);
    checkArgument(
        Double.isFinite(scale) && scale > 0,
        "the scale must be finite and positive, found %s",
        scale);
  }

  /**
   * Fits the standardizer.
   *
   * @param values the numbers of the training rows, none missing, at least one
   * @return the standardizer
   * @throws IllegalArgumentException if there is no number, or they are too large to be squared
   */
  public static Standardizer fit(double... values) {
    checkArgument(values.length > 0, "there must be at least one number, found none");
    double mean = StatUtils.mean(values);
    double variance = StatUtils.populationVariance(values, mean);
    checkArgument(Double.isFinite(variance), "the variance must be finite, found %s", variance);
    return new Standardizer(
        mean, isRounding(variance, mean, values.length) ? 1 : Math.sqrt(variance));
  }

  /** Tells whether a variance is no larger than what rounding makes of equal numbers. */
  private static boolean isRounding(double variance, double mean, int count) {
    double meanError = count * mean * EPSILON;
    return variance <= count * EPSILON * variance + meanError * meanError;
  }

  /**
   * Standardises a number.
   *
   * @param value the number x
   * @return z
   */
  public double standardize(double value) {
    return (value - mean) / scale;
  }

  /**
   * Undoes {@link #standardize}.
   *
   * @param value the standardised number z
   * @return x
   */
  public double restore(double value) {
    return value * scale + mean;
  }
}
