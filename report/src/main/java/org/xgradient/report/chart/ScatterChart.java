package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * A point for each pair of numbers.
 *
 * @param title what the chart is called
 * @param xAxis the quantity to the right
 * @param yAxis the quantity upwards
 * @param x the places to the right, at least one, all finite
 * @param y the places upwards, one for each, all finite
 * @param shares the colour of each: from 0 for low to 1 for high, NaN for neither
 * @param shading what the colours stand for
 * @param diagonal whether a line shows where both are equal
 * @param width the width in about pixels
 * @param height the height of the plot without title, legend and axes
 */
public record ScatterChart(
    String title,
    Axis xAxis,
    Axis yAxis,
    ImmutableDoubleArray x,
    ImmutableDoubleArray y,
    ImmutableDoubleArray shares,
    Shading shading,
    boolean diagonal,
    double width,
    double height)
    implements Chart {

  private static final double HEIGHT = 280;
  private static final double SMALL_WIDTH = 400;
  private static final double SMALL_HEIGHT = 200;

  /**
   * Checks the points.
   *
   * @throws IllegalArgumentException if there is none, one is not finite, or the numbers of them
   *     differ
   */
  public ScatterChart {
    checkArgument(!x.isEmpty(), "chart '%s' must have a point, found none", title);
    checkArgument(
        x.length() == y.length() && x.length() == shares.length(),
        "chart '%s' must have as many x as y and shares, found %s, %s and %s",
        title,
        x.length(),
        y.length(),
        shares.length());
    checkArgument(
        x.stream().allMatch(Double::isFinite) && y.stream().allMatch(Double::isFinite),
        "the points of chart '%s' must be finite",
        title);
  }

  /**
   * A chart of points of one colour.
   *
   * @param title what the chart is called
   * @param xAxis the quantity to the right
   * @param yAxis the quantity upwards
   * @param x the places to the right
   * @param y the places upwards, one for each
   * @return the chart
   * @throws IllegalArgumentException if there is no point, one is not finite, or the numbers differ
   */
  public static ScatterChart of(String title, Axis xAxis, Axis yAxis, double[] x, double[] y) {
    double[] none = new double[x.length];
    return new ScatterChart(
        title,
        xAxis,
        yAxis,
        ImmutableDoubleArray.copyOf(x),
        ImmutableDoubleArray.copyOf(y),
        ImmutableDoubleArray.copyOf(none),
        Shading.plain(),
        false,
        WIDTH,
        HEIGHT);
  }

  /**
   * Colours the points.
   *
   * @param newShares from 0 for low to 1 for high, NaN for neither, one for each point
   * @param newShading what the colours stand for
   * @return the chart with colours
   * @throws IllegalArgumentException if the number of shares is another
   */
  public ScatterChart shaded(double[] newShares, Shading newShading) {
    return new ScatterChart(
        title,
        xAxis,
        yAxis,
        x,
        y,
        ImmutableDoubleArray.copyOf(newShares),
        newShading,
        diagonal,
        width,
        height);
  }

  /** {@return the chart with a line where both quantities are equal} */
  public ScatterChart withDiagonal() {
    return new ScatterChart(title, xAxis, yAxis, x, y, shares, shading, true, width, height);
  }

  /** {@return a smaller chart, of which two or more stand side by side} */
  public ScatterChart small() {
    return new ScatterChart(
        title, xAxis, yAxis, x, y, shares, shading, diagonal, SMALL_WIDTH, SMALL_HEIGHT);
  }
}
