package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;

/**
 * Horizontal bars from 0, with whiskers where there is an interval.
 *
 * @param title what the chart is called
 * @param axis the quantity; not logarithmic, because bars start at 0
 * @param series what the bars of a row stand for; one empty name where rows have a single bar
 * @param categories the rows
 * @param hidden how many rows were left out
 */
public record BarChart(
    String title,
    Axis axis,
    ImmutableList<String> series,
    ImmutableList<Category> categories,
    int hidden)
    implements Chart {

  /**
   * Checks that the rows fit the series.
   *
   * @throws IllegalArgumentException if there is no row, a row has another number of estimates, or
   *     the axis is logarithmic
   */
  public BarChart {
    CategoryPlot.check(title, series, categories);
    checkArgument(
        !axis.logarithmic(),
        "the axis of bar chart '%s' must be linear, because bars start at 0, found a logarithmic"
            + " one; draw a point chart instead",
        title);
  }

  /**
   * A chart of single bars.
   *
   * @param title what the chart is called
   * @param axis the quantity
   * @param categories the rows, each with one estimate
   * @return the chart
   * @throws IllegalArgumentException if there is no row, a row has another number of estimates, or
   *     the axis is logarithmic
   */
  public static BarChart of(String title, Axis axis, List<Category> categories) {
    return grouped(title, axis, ImmutableList.of(""), categories);
  }

  /**
   * A chart with several bars in each row.
   *
   * @param title what the chart is called
   * @param axis the quantity
   * @param series what the bars of a row stand for
   * @param categories the rows, each with one estimate for each series
   * @return the chart
   * @throws IllegalArgumentException if there is no row, a row has another number of estimates, or
   *     the axis is logarithmic
   */
  public static BarChart grouped(
      String title, Axis axis, List<String> series, List<Category> categories) {
    return new BarChart(
        title, axis, ImmutableList.copyOf(series), ImmutableList.copyOf(categories), 0);
  }

  /**
   * Sorts the rows by the magnitude of their first estimate, the largest first, and keeps the
   * first. Rows without a value come last.
   *
   * @param count how many rows to keep, at least 1
   * @return the chart, which says how many rows it leaves out
   * @throws IllegalArgumentException if the count is below 1
   */
  public BarChart largest(int count) {
    checkArgument(count >= 1, "the number of rows to keep must be at least 1, found %s", count);
    ImmutableList<Category> kept =
        categories.stream()
            .sorted(Comparator.comparingDouble(BarChart::magnitude).reversed())
            .limit(count)
            .collect(ImmutableList.toImmutableList());
    return new BarChart(title, axis, series, kept, hidden + categories.size() - kept.size());
  }

  private static double magnitude(Category category) {
    double value = category.estimates().get(0).value();
    return Double.isNaN(value) ? -1 : Math.abs(value);
  }
}
