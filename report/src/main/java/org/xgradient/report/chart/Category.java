package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import org.xgradient.report.text.Estimate;

/**
 * A row of a {@link BarChart} or {@link PointChart}.
 *
 * @param label what the row is about, such as a feature or a method
 * @param estimates one for each series of the chart
 */
public record Category(String label, ImmutableList<Estimate> estimates) {

  /**
   * A row.
   *
   * @param label what the row is about
   * @param estimates one for each series of the chart
   * @return the row
   */
  public static Category of(String label, Estimate... estimates) {
    return new Category(label, ImmutableList.copyOf(estimates));
  }
}
