package org.xgradient.report.chart;

/**
 * A drawing that shows numbers. It is an immutable value; nothing is drawn before it's asked for.
 */
public sealed interface Chart
    permits LineChart, BarChart, PointChart, ContributionChart, StripChart, ScatterChart {

  /** The width of a chart that takes a line of its own, in about pixels. */
  double WIDTH = 720;

  /** {@return what the chart is called} */
  String title();

  /**
   * {@return an SVG element with title and description, well-formed XML, which takes its text
   * colour from the page around it}
   */
  default String svg() {
    return Plot.of(this).draw(Svg::new).finish();
  }

  /**
   * The chart as a picture of pixels on white, for what can't show SVG.
   *
   * @param scale how many pixels a unit takes, in (0, 8]: 2 for {@value #WIDTH} times 2 pixels
   * @return the content of a PNG file
   * @throws IllegalArgumentException if the scale is out of its range
   */
  default byte[] png(double scale) {
    return Plot.of(this)
        .draw((width, height, title, description) -> new Raster(width, height, scale))
        .finish();
  }
}
