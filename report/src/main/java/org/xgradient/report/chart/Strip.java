package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * The points of a row of a {@link StripChart}.
 *
 * @param label what the row is about
 * @param values where the points are, at least one, all finite
 * @param shares the colour of each: from 0 for low to 1 for high, NaN for neither
 */
public record Strip(String label, ImmutableDoubleArray values, ImmutableDoubleArray shares) {

  /**
   * Checks the points.
   *
   * @throws IllegalArgumentException if there is none, one is not finite, or there is not one share
   *     for each
   */
  public Strip {
    checkArgument(!values.isEmpty(), "strip '%s' must have a point, found none", label);
    checkArgument(
        values.stream().allMatch(Double::isFinite),
        "the points of strip '%s' must be finite, found %s",
        label,
        values);
    checkArgument(
        shares.length() == values.length(),
        "strip '%s' must have a share for each of %s points, found %s",
        label,
        values.length(),
        shares.length());
  }
}
