package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * All points of each row, beside and above one another where they are many: a beeswarm.
 *
 * @param title what the chart is called
 * @param axis the quantity
 * @param strips the rows
 * @param shading what the colours stand for
 * @param hidden how many rows were left out
 */
public record StripChart(
    String title, Axis axis, ImmutableList<Strip> strips, Shading shading, int hidden)
    implements Chart {

  /**
   * Checks the rows.
   *
   * @throws IllegalArgumentException if there is none, or the axis is logarithmic
   */
  public StripChart {
    checkArgument(!strips.isEmpty(), "chart '%s' must have a row, found none", title);
    checkArgument(
        !axis.logarithmic(),
        "the axis of strip chart '%s' must be linear, found a logarithmic one",
        title);
  }

  /**
   * A chart of some rows.
   *
   * @param title what the chart is called
   * @param axis the quantity
   * @param strips the rows, at least one
   * @param shading what the colours stand for
   * @return the chart
   * @throws IllegalArgumentException if there is no row
   */
  public static StripChart of(String title, Axis axis, List<Strip> strips, Shading shading) {
    return new StripChart(title, axis, ImmutableList.copyOf(strips), shading, 0);
  }

  /**
   * Keeps the first rows.
   *
   * @param count how many, at least 1
   * @return the chart, which says how many rows it leaves out
   */
  public StripChart first(int count) {
    checkArgument(count >= 1, "the number of rows to keep must be at least 1, found %s", count);
    int kept = Math.min(count, strips.size());
    return new StripChart(
        title, axis, strips.subList(0, kept), shading, hidden + strips.size() - kept);
  }
}
