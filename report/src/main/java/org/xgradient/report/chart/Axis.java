package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * What an axis measures. Its range follows the data.
 *
 * @param label the quantity and its unit
 * @param logarithmic whether equal ratios take equal lengths; all values must be above 0 then
 * @param included values that must be in the range, whatever the data
 * @param ticks where to put marks; empty for round numbers
 */
public record Axis(
    String label, boolean logarithmic, ImmutableDoubleArray included, ImmutableDoubleArray ticks) {

  /**
   * An axis on which equal differences take equal lengths.
   *
   * @param label the quantity and its unit
   * @return the axis
   */
  public static Axis linear(String label) {
    return new Axis(label, false, ImmutableDoubleArray.of(), ImmutableDoubleArray.of());
  }

  /**
   * An axis on which equal ratios take equal lengths.
   *
   * @param label the quantity and its unit
   * @return the axis
   */
  public static Axis logarithmic(String label) {
    return new Axis(label, true, ImmutableDoubleArray.of(), ImmutableDoubleArray.of());
  }

  /**
   * Extends the range, for example to 0 and 1.
   *
   * @param values finite values that must be in the range
   * @return the axis
   * @throws IllegalArgumentException if one is not finite
   */
  public Axis including(double... values) {
    return new Axis(label, logarithmic, finite("included values", values), ticks);
  }

  /**
   * Puts marks at the given values only, for example at {@code 1, 2, 4, 8}. Those outside the range
   * are left out.
   *
   * @param values where to put marks, ascending
   * @return the axis
   * @throws IllegalArgumentException if one is not finite
   */
  public Axis withTicks(double... values) {
    return new Axis(label, logarithmic, included, finite("ticks", values));
  }

  private static ImmutableDoubleArray finite(String what, double... values) {
    for (double value : values) {
      checkArgument(Double.isFinite(value), "%s must be finite, found %s", what, value);
    }
    return ImmutableDoubleArray.copyOf(values);
  }
}
