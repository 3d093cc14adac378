package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.report.chart.drawing.Paint;
import org.xgradient.report.chart.drawing.Point;
import org.xgradient.report.chart.drawing.Surface;
import org.xgradient.report.chart.drawing.TextStyle;
import org.xgradient.report.text.Numbers;

/** Draws a {@link ScatterChart}. */
final class ScatterPlot implements Plot {

  private static final double RADIUS = 2.6;
  private static final Paint DIAGONAL =
      Paint.line(Paint.INK, 1.5).withDashes("6 4").withOpacity(0.7);
  private static final Paint ZERO = Paint.line(Paint.INK, 1).withOpacity(0.45);

  private final ScatterChart chart;
  private final double width;
  private final Header header;
  private final ImmutableList<Tick> yTicks;
  private final Axes axes;
  private final AxisScale x;
  private final AxisScale y;

  ScatterPlot(ScatterChart chart, double width) {
    this.chart = chart;
    this.width = width;
    this.header = new Header(chart.title(), chart.shading().legend(), width);
    double top = header.height() + 36;
    double bottom = top + chart.height();
    this.y = AxisScale.of(chart.yAxis(), chart.y().stream(), bottom, top);
    this.yTicks = y.verticalTicks();
    double left =
        12 + yTicks.stream().mapToDouble(t -> TextStyle.NOTE.width(t.label())).max().orElse(0);
    this.axes = new Axes(left, top, width - Axes.RIGHT_MARGIN, bottom);
    this.x = AxisScale.of(chart.xAxis(), chart.x().stream(), axes.left() + 4, axes.right());
  }

  @Override
  public <S extends Surface> S draw(Surface.Maker<S> maker) {
    S surface = maker.make(width, axes.below(chart.xAxis().label()), chart.title(), description());
    header.draw(surface);
    axes.horizontal(surface, x, chart.xAxis().label());
    axes.vertical(surface, yTicks, chart.yAxis().label());
    axes.base(surface);
    double zero = y.position(0);
    if (zero > axes.top() && zero < axes.bottom() && !chart.diagonal()) {
      surface.line(new Point(axes.left(), zero), new Point(axes.right(), zero), ZERO);
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < chart.x().length(); i++) {
      points.add(new Point(x.position(chart.x().get(i)), y.position(chart.y().get(i))));
    }
    chart.shading().draw(surface, points, chart.shares(), RADIUS);
    if (chart.diagonal()) {
      drawDiagonal(surface);
    }
    return surface;
  }

  /** Over what both axes have. */
  private void drawDiagonal(Surface surface) {
    double low = Math.max(lowest(chart.x()), lowest(chart.y()));
    double high = Math.min(highest(chart.x()), highest(chart.y()));
    if (low < high) {
      surface.line(
          new Point(x.position(low), y.position(low)),
          new Point(x.position(high), y.position(high)),
          DIAGONAL);
    }
  }

  private static double lowest(ImmutableDoubleArray values) {
    return values.stream().min().orElseThrow();
  }

  private static double highest(ImmutableDoubleArray values) {
    return values.stream().max().orElseThrow();
  }

  private String description() {
    String tendency = Shading.tendency(chart.x(), chart.y());
    return "%s: %s from %s to %s over %s from %s to %s%s."
        .formatted(
            Numbers.count(chart.x().length(), "point"),
            chart.yAxis().label(),
            Numbers.significant(lowest(chart.y()), 3),
            Numbers.significant(highest(chart.y()), 3),
            chart.xAxis().label(),
            Numbers.significant(lowest(chart.x()), 3),
            Numbers.significant(highest(chart.x()), 3),
            tendency.isEmpty() ? "" : ", " + tendency);
  }
}
