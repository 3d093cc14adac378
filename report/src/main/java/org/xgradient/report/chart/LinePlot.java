package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.xgradient.report.chart.drawing.Paint;
import org.xgradient.report.chart.drawing.Point;
import org.xgradient.report.chart.drawing.Surface;
import org.xgradient.report.chart.drawing.TextStyle;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.SafeText;

/** Draws a {@link LineChart}. */
final class LinePlot implements Plot {

  private static final int MOST_MARKERS = 40;
  private static final double MARKER = 3.4;
  private static final Paint REFERENCE = Paint.line(Paint.INK, 1.5).withOpacity(0.7);
  private static final ImmutableList<String> REFERENCE_DASHES =
      ImmutableList.of("6 4", "2 3", "10 3 2 3");

  private final LineChart chart;
  private final Header header;
  private final ImmutableList<Tick> yTicks;
  private final Axes axes;
  private final AxisScale x;
  private final AxisScale y;
  private final double width;
  private final double height;

  LinePlot(LineChart chart, double width) {
    this.chart = chart;
    this.width = width;
    this.header = new Header(chart.title(), legend(chart), width);
    double top = header.height() + 36;
    double bottom = top + chart.height();
    this.y =
        AxisScale.of(
            chart.yAxis(),
            DoubleStream.concat(
                chart.series().stream().flatMapToDouble(Series::extent),
                chart.references().stream().mapToDouble(LineChart.Reference::value)),
            bottom,
            top);
    this.yTicks = y.verticalTicks();
    double left =
        12 + yTicks.stream().mapToDouble(t -> TextStyle.NOTE.width(t.label())).max().orElse(0);
    this.axes = new Axes(left, top, width - Axes.RIGHT_MARGIN, bottom);
    this.x =
        AxisScale.of(
            chart.xAxis(),
            DoubleStream.concat(
                chart.series().stream().flatMapToDouble(s -> s.x().stream()),
                chart.marks().stream().mapToDouble(LineChart.Reference::value)),
            axes.left(),
            axes.right());
    this.height = axes.below(chart.xAxis().label());
  }

  @Override
  public <S extends Surface> S draw(Surface.Maker<S> maker) {
    S svg = maker.make(width, height, chart.title(), description());
    header.draw(svg);
    axes.horizontal(svg, x, chart.xAxis().label());
    axes.vertical(svg, yTicks, chart.yAxis().label());
    axes.base(svg);
    for (int i = 0; i < chart.series().size(); i++) {
      drawBand(svg, chart.series().get(i), i);
    }
    drawReferences(svg);
    for (int i = 0; i < chart.series().size(); i++) {
      drawCurve(svg, chart.series().get(i), i);
    }
    return svg;
  }

  private void drawBand(Surface svg, Series series, int position) {
    Paint paint = Paint.fill(Paint.seriesColor(series.colorAt(position))).withOpacity(0.17);
    for (List<Integer> run : runs(series, true)) {
      List<Point> outline = new ArrayList<>();
      run.forEach(i -> outline.add(at(series.x().get(i), series.high().get(i))));
      for (int k = run.size() - 1; k >= 0; k--) {
        outline.add(at(series.x().get(run.get(k)), series.low().get(run.get(k))));
      }
      svg.polygon(outline, paint, "");
    }
  }

  private void drawReferences(Surface svg) {
    for (int i = 0; i < chart.references().size(); i++) {
      double place = y.position(chart.references().get(i).value());
      svg.line(new Point(axes.left(), place), new Point(axes.right(), place), referencePaint(i));
    }
    for (int i = 0; i < chart.marks().size(); i++) {
      double place = x.position(chart.marks().get(i).value());
      svg.line(
          new Point(place, axes.top()),
          new Point(place, axes.bottom()),
          referencePaint(chart.references().size() + i));
    }
  }

  private void drawCurve(Surface svg, Series series, int position) {
    Paint paint = linePaint(chart, position);
    int between = coversAnother(chart, position) ? 2 : 1;
    for (List<Integer> run : runs(series, false)) {
      if (run.size() > 1) {
        svg.polyline(run.stream().map(i -> at(series, i)).toList(), paint);
      }
      if (run.size() == 1 || series.x().length() <= MOST_MARKERS) {
        run.stream()
            .filter(i -> i % between == between - 1)
            .forEach(i -> drawMarker(svg, series, i, position));
      }
    }
  }

  /** Whether a curve runs where one before it does, which must be seen all the same. */
  private static boolean coversAnother(LineChart chart, int position) {
    Series series = chart.series().get(position);
    return chart.series().subList(0, position).stream()
        .anyMatch(other -> other.x().equals(series.x()) && other.y().equals(series.y()));
  }

  private void drawMarker(Surface svg, Series series, int i, int position) {
    int color = series.colorAt(position);
    svg.marker(
        color, at(series, i), MARKER, Paint.fill(Paint.seriesColor(color)), tooltip(series, i));
  }

  private String tooltip(Series series, int i) {
    Estimate estimate =
        series.hasBand(i)
            ? new Estimate(
                series.y().get(i),
                Math.min(series.y().get(i), series.low().get(i)),
                Math.max(series.y().get(i), series.high().get(i)))
            : Estimate.exact(series.y().get(i));
    return SafeText.isolated(series.name())
        + ": "
        + estimate.text()
        + " at "
        + Numbers.significant(series.x().get(i), 4);
  }

  /** Stretches of neighbours that all have a value, or all a band. */
  private static List<List<Integer>> runs(Series series, boolean band) {
    List<List<Integer>> runs = new ArrayList<>();
    List<Integer> run = new ArrayList<>();
    for (int i = 0; i < series.x().length(); i++) {
      if (band ? series.hasBand(i) : series.hasValue(i)) {
        run.add(i);
      } else if (!run.isEmpty()) {
        runs.add(run);
        run = new ArrayList<>();
      }
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  private Point at(Series series, int i) {
    return at(series.x().get(i), series.y().get(i));
  }

  private Point at(double xValue, double yValue) {
    return new Point(x.position(xValue), y.position(yValue));
  }

  private static ImmutableList<Header.Entry> legend(LineChart chart) {
    ImmutableList.Builder<Header.Entry> legend = ImmutableList.builder();
    for (int i = 0; i < chart.series().size(); i++) {
      Series series = chart.series().get(i);
      int color = series.colorAt(i);
      Paint paint = linePaint(chart, i);
      legend.add(
          new Header.Entry(
              series.name(),
              (svg, at) -> {
                dash(svg, at, paint);
                if (series.x().length() <= MOST_MARKERS) {
                  svg.marker(color, at, MARKER, Paint.fill(paint.stroke()), "");
                }
              }));
    }
    List<LineChart.Reference> lines = new ArrayList<>(chart.references());
    lines.addAll(chart.marks());
    for (int i = 0; i < lines.size(); i++) {
      Paint paint = referencePaint(i);
      legend.add(new Header.Entry(lines.get(i).label(), (svg, at) -> dash(svg, at, paint)));
    }
    return legend.build();
  }

  private static void dash(Surface svg, Point at, Paint paint) {
    svg.line(new Point(at.x() - 11, at.y()), new Point(at.x() + 11, at.y()), paint);
  }

  private static Paint linePaint(LineChart chart, int position) {
    Series series = chart.series().get(position);
    int color = series.colorAt(position);
    String dashes = series.dashed() ? "6 4" : Paint.seriesDashes(color);
    if (dashes.isEmpty() && coversAnother(chart, position)) {
      dashes = "8 8";
    }
    return Paint.line(Paint.seriesColor(color), 2).withDashes(dashes);
  }

  private static Paint referencePaint(int position) {
    return REFERENCE.withDashes(REFERENCE_DASHES.get(position % REFERENCE_DASHES.size()));
  }

  private String description() {
    return Stream.concat(
            chart.series().stream().map(LinePlot::summary),
            chart.marks().stream()
                .map(mark -> mark.label() + " at " + Numbers.significant(mark.value(), 4)))
        .collect(
            Collectors.joining(
                "; ", chart.yAxis().label() + " over " + chart.xAxis().label() + ". ", "."));
  }

  private static String summary(Series series) {
    double[] known = series.y().stream().filter(v -> !Double.isNaN(v)).toArray();
    return series.name()
        + ": first "
        + Numbers.significant(known[0], 4)
        + ", last "
        + Numbers.significant(known[known.length - 1], 4)
        + ", lowest "
        + Numbers.significant(DoubleStream.of(known).min().orElseThrow(), 4)
        + ", highest "
        + Numbers.significant(DoubleStream.of(known).max().orElseThrow(), 4);
  }
}
