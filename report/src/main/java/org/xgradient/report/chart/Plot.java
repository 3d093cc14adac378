package org.xgradient.report.chart;

/** A chart whose parts have found their places. */
interface Plot {

  /**
   * Draws the chart.
   *
   * @param maker makes the surface, of the size that the chart needs
   * @return the surface
   */
  <S extends Surface> S draw(Surface.Maker<S> maker);

  /** Finds the places. */
  static Plot of(Chart chart) {
    if (chart instanceof LineChart lines) {
      return new LinePlot(lines);
    }
    if (chart instanceof BarChart bars) {
      return new CategoryPlot(
          bars.title(),
          bars.axis(),
          bars.series(),
          bars.categories(),
          bars.hidden(),
          CategoryPlot.Mark.BAR);
    }
    if (chart instanceof PointChart points) {
      return new CategoryPlot(
          points.title(),
          points.axis(),
          points.series(),
          points.categories(),
          0,
          CategoryPlot.Mark.POINT);
    }
    if (chart instanceof StripChart strips) {
      return new StripPlot(strips);
    }
    if (chart instanceof ScatterChart points) {
      return new ScatterPlot(points);
    }
    ContributionChart contributions = (ContributionChart) chart;
    return new ContributionPlot(contributions, Waterfall.of(contributions));
  }
}
