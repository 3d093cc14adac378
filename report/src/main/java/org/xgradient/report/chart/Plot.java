package org.xgradient.report.chart;

import org.xgradient.report.chart.drawing.Surface;

/** A chart whose parts have found their places. */
interface Plot {

  /**
   * Draws the chart.
   *
   * @param maker makes the surface, of the size that the chart needs
   * @return the surface
   */
  <S extends Surface> S draw(Surface.Maker<S> maker);

  /**
   * Finds the places.
   *
   * @param chart the chart
   * @param width the largest width, in about pixels
   */
  static Plot of(Chart chart, double width) {
    if (chart instanceof LineChart lines) {
      return new LinePlot(lines, Math.min(width, lines.width()));
    }
    if (chart instanceof BarChart bars) {
      return new CategoryPlot(
          bars.title(),
          bars.axis(),
          bars.series(),
          bars.categories(),
          bars.hidden(),
          CategoryPlot.Mark.BAR,
          width);
    }
    if (chart instanceof PointChart points) {
      return new CategoryPlot(
          points.title(),
          points.axis(),
          points.series(),
          points.categories(),
          0,
          CategoryPlot.Mark.POINT,
          width);
    }
    if (chart instanceof StripChart strips) {
      return new StripPlot(strips, width);
    }
    if (chart instanceof ScatterChart points) {
      return new ScatterPlot(points, Math.min(width, points.width()));
    }
    ContributionChart contributions = (ContributionChart) chart;
    return new ContributionPlot(contributions, Waterfall.of(contributions), width);
  }
}
