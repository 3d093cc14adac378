package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Curves over a quantity, with confidence bands.
 *
 * @param title what the chart is called
 * @param xAxis the quantity to the right
 * @param yAxis the quantity upwards
 * @param series the curves
 * @param references dashed lines at a fixed height, such as a published value
 * @param marks dashed lines at a fixed place to the right, such as a chosen epoch
 * @param width the width in about pixels
 * @param height the height of the plot without title, legend and axes
 */
public record LineChart(
    String title,
    Axis xAxis,
    Axis yAxis,
    ImmutableList<Series> series,
    ImmutableList<Reference> references,
    ImmutableList<Reference> marks,
    double width,
    double height)
    implements Chart {

  private static final double HEIGHT = 280;
  private static final double SMALL_WIDTH = 400;
  private static final double SMALL_HEIGHT = 200;

  /**
   * Checks that there is a curve.
   *
   * @throws IllegalArgumentException if there is none
   */
  public LineChart {
    checkArgument(!series.isEmpty(), "line chart '%s' must have a series, found none", title);
  }

  /**
   * A height to compare with, or a place.
   *
   * @param label what the legend says
   * @param value the height or the place
   */
  public record Reference(String label, double value) {}

  /**
   * A chart of some curves.
   *
   * @param title what the chart is called
   * @param xAxis the quantity to the right
   * @param yAxis the quantity upwards
   * @param series the curves, at least one
   * @return the chart
   * @throws IllegalArgumentException if there is no curve
   */
  public static LineChart of(String title, Axis xAxis, Axis yAxis, List<Series> series) {
    return new LineChart(
        title,
        xAxis,
        yAxis,
        ImmutableList.copyOf(series),
        ImmutableList.of(),
        ImmutableList.of(),
        WIDTH,
        HEIGHT);
  }

  /**
   * Adds a dashed line at a fixed height.
   *
   * @param label what the legend says
   * @param value the height
   * @return the chart with the line
   */
  public LineChart withReference(String label, double value) {
    ImmutableList<Reference> more =
        ImmutableList.<Reference>builder()
            .addAll(references)
            .add(new Reference(label, value))
            .build();
    return new LineChart(title, xAxis, yAxis, series, more, marks, width, height);
  }

  /**
   * Adds a dashed line at a fixed place to the right.
   *
   * @param label what the legend says
   * @param value the place
   * @return the chart with the line
   */
  public LineChart withMark(String label, double value) {
    ImmutableList<Reference> more =
        ImmutableList.<Reference>builder().addAll(marks).add(new Reference(label, value)).build();
    return new LineChart(title, xAxis, yAxis, series, references, more, width, height);
  }

  /** {@return a smaller chart, of which two or more stand side by side} */
  public LineChart small() {
    return new LineChart(title, xAxis, yAxis, series, references, marks, SMALL_WIDTH, SMALL_HEIGHT);
  }
}
