package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.stream.DoubleStream;

/**
 * A curve of a {@link LineChart}. Where y is NaN the line has a gap.
 *
 * @param name what the legend says
 * @param x the places, finite
 * @param y the values, one for each place; NaN where there is none
 * @param low the lower edge of the confidence band; empty for no band
 * @param high the upper edge of the confidence band; empty for no band
 * @param color the number of the colour and of the marker: 0 for the first of the palette
 * @param dashed whether the line is dashed, for what is there to compare with
 */
public record Series(
    String name,
    ImmutableDoubleArray x,
    ImmutableDoubleArray y,
    ImmutableDoubleArray low,
    ImmutableDoubleArray high,
    int color,
    boolean dashed) {

  /** The colour that follows from the place among the series of a chart. */
  static final int AUTOMATIC = -1;

  /**
   * Checks the points.
   *
   * @throws IllegalArgumentException if there is no point, the lengths differ, no value is known, a
   *     place is not finite or a value infinite
   */
  public Series {
    checkArgument(!x.isEmpty(), "series '%s' must have a point, found none", name);
    checkArgument(
        x.length() == y.length(),
        "series '%s' must have one y for each x, found %s and %s",
        name,
        y.length(),
        x.length());
    checkArgument(
        x.stream().allMatch(Double::isFinite),
        "x of series '%s' must be finite, found %s",
        name,
        x);
    checkNotInfinite(name, y);
    checkArgument(
        !y.stream().allMatch(Double::isNaN),
        "series '%s' must have a known value, found only NaN",
        name);
    checkBand(name, x.length(), low);
    checkBand(name, x.length(), high);
    checkArgument(
        low.length() == high.length(),
        "the band of series '%s' must have two edges, found one",
        name);
    checkArgument(color >= AUTOMATIC, "a colour must be at least 0, found %s", color);
  }

  /**
   * A curve without a band.
   *
   * @param name what the legend says
   * @param x the places
   * @param y the values, one for each place; NaN where there is none
   * @return the curve
   * @throws IllegalArgumentException if there is no point, the lengths differ, no value is known, a
   *     place is not finite or a value infinite
   */
  public static Series of(String name, double[] x, double[] y) {
    return new Series(
        name,
        ImmutableDoubleArray.copyOf(x),
        ImmutableDoubleArray.copyOf(y),
        ImmutableDoubleArray.of(),
        ImmutableDoubleArray.of(),
        AUTOMATIC,
        false);
  }

  /**
   * Adds a confidence band.
   *
   * @param newLow the lower edge, one for each place; NaN where there is none
   * @param newHigh the upper edge, one for each place; NaN where there is none
   * @return the curve with the band
   * @throws IllegalArgumentException if the lengths differ or an edge is infinite
   */
  public Series withBand(double[] newLow, double[] newHigh) {
    return new Series(
        name,
        x,
        y,
        ImmutableDoubleArray.copyOf(newLow),
        ImmutableDoubleArray.copyOf(newHigh),
        color,
        dashed);
  }

  /** {@return the curve with a dashed line} */
  public Series withDashes() {
    return new Series(name, x, y, low, high, color, true);
  }

  int colorAt(int position) {
    return color == AUTOMATIC ? position : color;
  }

  boolean hasValue(int i) {
    return !Double.isNaN(y.get(i));
  }

  boolean hasBand(int i) {
    return !low.isEmpty() && !Double.isNaN(low.get(i)) && !Double.isNaN(high.get(i));
  }

  /** All values that a chart has to find room for. */
  DoubleStream extent() {
    return DoubleStream.concat(y.stream(), DoubleStream.concat(low.stream(), high.stream()));
  }

  private static void checkBand(String name, int size, ImmutableDoubleArray edge) {
    checkArgument(
        edge.isEmpty() || edge.length() == size,
        "the band of series '%s' must have %s places, found %s",
        name,
        size,
        edge.length());
    checkNotInfinite(name, edge);
  }

  private static void checkNotInfinite(String name, ImmutableDoubleArray values) {
    checkArgument(
        values.stream().noneMatch(Double::isInfinite),
        "series '%s' must be finite or NaN, found %s",
        name,
        values);
  }
}
