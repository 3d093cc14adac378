package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Points with their intervals, row by row: means and standard errors beside published values.
 *
 * @param title what the chart is called
 * @param axis the quantity
 * @param series what the points of a row stand for; one empty name where rows have a single point
 * @param categories the rows
 */
public record PointChart(
    String title, Axis axis, ImmutableList<String> series, ImmutableList<Category> categories)
    implements Chart {

  /**
   * Checks that the rows fit the series.
   *
   * @throws IllegalArgumentException if there is no row or a row has another number of estimates
   */
  public PointChart {
    CategoryPlot.check(title, series, categories);
  }

  /**
   * A chart of single points.
   *
   * @param title what the chart is called
   * @param axis the quantity
   * @param categories the rows, each with one estimate
   * @return the chart
   * @throws IllegalArgumentException if there is no row or a row has another number of estimates
   */
  public static PointChart of(String title, Axis axis, List<Category> categories) {
    return grouped(title, axis, ImmutableList.of(""), categories);
  }

  /**
   * A chart with several points in each row, such as measured and published. The first series is
   * drawn solid, the others hollow.
   *
   * @param title what the chart is called
   * @param axis the quantity
   * @param series what the points of a row stand for
   * @param categories the rows, each with one estimate for each series
   * @return the chart
   * @throws IllegalArgumentException if there is no row or a row has another number of estimates
   */
  public static PointChart grouped(
      String title, Axis axis, List<String> series, List<Category> categories) {
    return new PointChart(
        title, axis, ImmutableList.copyOf(series), ImmutableList.copyOf(categories));
  }
}
