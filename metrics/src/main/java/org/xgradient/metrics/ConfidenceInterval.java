package org.xgradient.metrics;

/**
 * An interval that covers a true value with some confidence.
 *
 * @param lower the lower end
 * @param upper the upper end, at least {@code lower}
 * @param confidence the confidence level, in {@code (0, 1)}
 */
public record ConfidenceInterval(double lower, double upper, double confidence) {

  /**
   * Whether a value is in the interval.
   *
   * @param value the value
   * @return whether it is, the ends included
   */
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }
}
