package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.report.chart.drawing.Raster;
import org.xgradient.report.chart.drawing.Svg;

/**
 * A drawing that shows numbers. It is an immutable value; nothing is drawn before it's asked for.
 */
public sealed interface Chart
    permits LineChart, BarChart, PointChart, ContributionChart, StripChart, ScatterChart {

  /** The width of a chart that takes a line of its own, in about pixels. */
  double WIDTH = 720;

  /** The width of a chart that a phone shows without making its letters smaller. */
  double NARROW = 360;

  /** {@return what the chart is called} */
  String title();

  /**
   * {@return an SVG element with title and description, well-formed XML, which takes its text
   * colour from the page around it}
   */
  default String svg() {
    return svg(WIDTH);
  }

  /**
   * The chart for where there is not much room, such as {@link #NARROW}.
   *
   * @param width the largest width in about pixels, at least {@value #NARROW}
   * @return an SVG element, as {@link #svg()} gives it, of this width or of the chart's own if that
   *     is smaller
   * @throws IllegalArgumentException if the width is less
   */
  default String svg(double width) {
    checkArgument(
        width >= NARROW, "the width of a chart must be at least %s, found %s", NARROW, width);
    return Plot.of(this, width).draw(Chart::svg).finish();
  }

  /** One that is small keeps its size, and that of its letters, on a line of its own too. */
  private static Svg svg(double width, double height, String title, String description) {
    return new Svg(width, height, title, description, width < WIDTH ? "chart small" : "chart");
  }

  /**
   * The chart as a picture of pixels on white, for what can't show SVG.
   *
   * @param scale how many pixels a unit takes, in (0, 8]: 2 for {@value #WIDTH} times 2 pixels
   * @return the content of a PNG file
   * @throws IllegalArgumentException if the scale is out of its range
   */
  default byte[] png(double scale) {
    return Plot.of(this, WIDTH)
        .draw((width, height, title, description) -> new Raster(width, height, scale))
        .finish();
  }
}
