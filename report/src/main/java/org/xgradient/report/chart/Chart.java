package org.xgradient.report.chart;

/**
 * A drawing that shows numbers. It is an immutable value; nothing is drawn before it's asked for.
 */
public sealed interface Chart permits LineChart, BarChart, PointChart, ContributionChart {

  /** The width of a chart that takes a line of its own, in about pixels. */
  double WIDTH = 720;

  /** {@return what the chart is called} */
  String title();

  /**
   * {@return an SVG element with title and description, well-formed XML, which takes its text
   * colour from the page around it}
   */
  String svg();
}
