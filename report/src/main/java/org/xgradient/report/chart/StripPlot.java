package org.xgradient.report.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.xgradient.report.chart.drawing.Paint;
import org.xgradient.report.chart.drawing.Point;
import org.xgradient.report.chart.drawing.Surface;
import org.xgradient.report.chart.drawing.TextStyle;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.SafeText;

/** Draws a {@link StripChart}. */
final class StripPlot implements Plot {

  private static final double STRIP = 32;
  private static final double HALF = 13;
  private static final double RADIUS = 2.2;
  private static final double BIN = 3;
  private static final double MOST_LABEL = 0.3;
  private static final Paint STRIPE = Paint.fill(Paint.INK).withOpacity(0.03);

  private final StripChart chart;
  private final Header header;
  private final double width;
  private final RowNames names;
  private final double rowHeight;
  private final Axes axes;
  private final AxisScale scale;

  StripPlot(StripChart chart, double width) {
    this.chart = chart;
    this.width = width;
    this.header = new Header(chart.title(), chart.shading().legend(), width);
    this.names =
        RowNames.of(chart.strips().stream().map(Strip::label), TextStyle.LABEL, MOST_LABEL, width);
    this.rowHeight = names.above() + STRIP;
    double top = header.height() + 6;
    this.axes =
        new Axes(
            names.left(), top, width - Axes.RIGHT_MARGIN, top + chart.strips().size() * rowHeight);
    this.scale =
        AxisScale.of(
            chart.axis(),
            DoubleStream.concat(
                DoubleStream.of(0),
                chart.strips().stream().flatMapToDouble(strip -> strip.values().stream())),
            axes.left(),
            axes.right());
  }

  @Override
  public <S extends Surface> S draw(Surface.Maker<S> maker) {
    double note = chart.hidden() > 0 ? 22 : 0;
    S surface =
        maker.make(width, axes.below(chart.axis().label()) + note, chart.title(), description());
    header.draw(surface);
    axes.horizontal(surface, scale, chart.axis().label());
    for (int row = 0; row < chart.strips().size(); row++) {
      double top = axes.top() + row * rowHeight;
      if (row % 2 == 0) {
        surface.rectangle(0, top, width, rowHeight, STRIPE, "");
      }
      Strip strip = chart.strips().get(row);
      double middle = top + names.above() + STRIP / 2;
      names.draw(surface, top, middle, strip.label(), TextStyle.LABEL, 0);
      chart.shading().draw(surface, places(strip, middle), strip.shares(), RADIUS);
    }
    axes.rule(surface, scale.position(0));
    if (chart.hidden() > 0) {
      surface.text(
          0,
          axes.below(chart.axis().label()) + 14,
          chart.hidden() == 1 ? "1 more is not shown" : chart.hidden() + " more are not shown",
          TextStyle.NOTE);
    }
    return surface;
  }

  /** Points that would cover one another move up and down in turn, as far as there is room. */
  private List<Point> places(Strip strip, double middle) {
    Map<Integer, Integer> counts = new HashMap<>();
    strip.values().forEach(value -> counts.merge(bin(value), 1, Integer::sum));
    int most = counts.values().stream().mapToInt(count -> count).max().orElse(1);
    double step = Math.min(BIN, HALF / Math.max(1, most / 2));
    Map<Integer, Integer> placed = new HashMap<>();
    List<Point> points = new ArrayList<>();
    strip
        .values()
        .forEach(
            value -> {
              int before = placed.merge(bin(value), 1, Integer::sum) - 1;
              int away = (before + 1) / 2;
              double side = before % 2 == 0 ? -step : step;
              points.add(new Point(scale.position(value), middle + side * away));
            });
    return points;
  }

  private int bin(double value) {
    return (int) Math.floor(scale.position(value) / BIN);
  }

  private String description() {
    return chart.strips().stream()
        .map(this::summary)
        .collect(
            Collectors.joining("; ", chart.axis().label() + ", a point for each row shown. ", "."));
  }

  private String summary(Strip strip) {
    DoubleStream values = strip.values().stream();
    var statistics = values.summaryStatistics();
    String tendency =
        chart.shading().low().isEmpty() ? "" : Shading.tendency(strip.shares(), strip.values());
    return SafeText.isolated(strip.label())
        + " from "
        + Numbers.significant(statistics.getMin(), 3)
        + " to "
        + Numbers.significant(statistics.getMax(), 3)
        + (tendency.isEmpty() ? "" : ", with the colour " + tendency);
  }
}
