package org.xgradient.metrics;

/** Which values of a metric are better. */
public enum Direction {
  /** Larger values are better. */
  HIGHER_IS_BETTER,
  /** Smaller values are better. */
  LOWER_IS_BETTER;

  /**
   * How much better one value is than another, in this direction.
   *
   * @param value the value
   * @param other what it is compared with
   * @return {@code value - other} where higher is better, {@code other - value} where lower is;
   *     positive if {@code value} is better
   */
  public double improvement(double value, double other) {
    return this == HIGHER_IS_BETTER ? value - other : other - value;
  }

  /**
   * Whether one value is strictly better than another.
   *
   * @param value the value
   * @param other what it is compared with
   * @return whether it is; false if either is NaN
   */
  public boolean isBetter(double value, double other) {
    return improvement(value, other) > 0;
  }
}
