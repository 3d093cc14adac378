package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.xgradient.report.chart.drawing.Paint;
import org.xgradient.report.chart.drawing.Point;
import org.xgradient.report.chart.drawing.Surface;
import org.xgradient.report.chart.drawing.TextStyle;
import org.xgradient.report.text.SafeText;
import org.xgradient.report.text.TickLabels;

/** Draws a {@link ContributionChart}. */
final class ContributionPlot implements Plot {

  private static final double BAND = 27;
  private static final double BAR = 17;
  private static final double GUTTER = 12;
  private static final double MOST_LABEL = 0.4;
  private static final Paint CONNECTOR =
      Paint.line(Paint.INK, 1).withDashes("2 3").withOpacity(0.5);
  private static final Paint END = Paint.fill(Paint.INK).withOpacity(0.8);
  private static final Paint STRIPE = Paint.fill(Paint.INK).withOpacity(0.03);

  private final ContributionChart chart;
  private final Waterfall waterfall;
  private final Header header;
  private final double width;
  private final RowNames names;
  private final double rowHeight;
  private final Axes axes;
  private final AxisScale scale;

  ContributionPlot(ContributionChart chart, Waterfall waterfall, double width) {
    this.chart = chart;
    this.waterfall = waterfall;
    this.width = width;
    this.header =
        new Header(
            chart.title(),
            ImmutableList.of(
                new Header.Entry("raises the output", box(Paint.POSITIVE)),
                new Header.Entry("lowers the output", box(Paint.NEGATIVE))),
            width);
    this.names = RowNames.of(labels(), TextStyle.LABEL.bolder(), MOST_LABEL, width);
    this.rowHeight = names.above() + BAND;
    double numbers = names.areAbove() ? 0 : widest(Stream.concat(amounts(), ends())) + GUTTER;
    double top = header.height() + 6;
    this.axes =
        new Axes(
            names.left(),
            top,
            width - Math.max(numbers, Axes.RIGHT_MARGIN),
            top + (waterfall.steps().size() + 2) * rowHeight);
    this.scale = AxisScale.of(Axis.linear(chart.axisLabel()), levels(), axes.left(), axes.right());
  }

  @Override
  public <S extends Surface> S draw(Surface.Maker<S> maker) {
    S svg = maker.make(width, axes.below(axisLabel()), chart.title(), description());
    header.draw(svg);
    int last = waterfall.steps().size() + 1;
    svg.rectangle(0, rowTop(0), width, rowHeight, STRIPE, "");
    svg.rectangle(0, rowTop(last), width, rowHeight, STRIPE, "");
    axes.horizontal(svg, scale, axisLabel());
    drawEnd(svg, 0, chart.startLabel(), waterfall.start());
    double level = waterfall.start().doubleValue();
    for (int i = 0; i < waterfall.steps().size(); i++) {
      Waterfall.Step step = waterfall.steps().get(i);
      drawStep(svg, i + 1, step, level);
      level += step.amount().doubleValue();
    }
    drawEnd(svg, last, chart.endLabel(), waterfall.end());
    connect(svg, last, level);
    return svg;
  }

  private void drawStep(Surface svg, int row, Waterfall.Step step, double level) {
    double from = scale.position(level);
    double to = scale.position(level + step.amount().doubleValue());
    connect(svg, row, level);
    svg.rectangle(
        Math.min(from, to),
        middle(row) - BAR / 2,
        Math.max(1, Math.abs(to - from)),
        BAR,
        Paint.fill(step.raises() ? Paint.POSITIVE : Paint.NEGATIVE),
        SafeText.isolated(step.label()) + ": " + signed(step.amount()));
    drawTexts(svg, row, step.label(), signed(step.amount()), TextStyle.LABEL);
  }

  private void drawEnd(Surface svg, int row, String label, BigDecimal value) {
    Point at = new Point(scale.position(value.doubleValue()), middle(row));
    svg.marker(3, at, 5, END, label + ": " + plain(value));
    drawTexts(svg, row, label, plain(value), TextStyle.LABEL.bolder());
  }

  private void drawTexts(Surface svg, int row, String label, String number, TextStyle style) {
    double top = rowTop(row);
    names.draw(svg, top, middle(row), label, style, style.width(number) + GUTTER);
    double y = names.areAbove() ? names.baseline(top) : middle(row) + 4.5;
    svg.text(width - 4, y, number, style.anchored(TextStyle.Anchor.END));
  }

  /** A dotted line that carries a level from one row into the next. */
  private void connect(Surface svg, int row, double level) {
    double x = scale.position(level);
    Point from = new Point(x, middle(row - 1) + BAR / 2);
    svg.line(from, new Point(x, middle(row) - BAR / 2), CONNECTOR);
  }

  private double rowTop(int row) {
    return axes.top() + row * rowHeight;
  }

  /** The middle of the bar of a row. */
  private double middle(int row) {
    return rowTop(row) + names.above() + BAND / 2;
  }

  private DoubleStream levels() {
    DoubleStream.Builder levels = DoubleStream.builder();
    BigDecimal level = waterfall.start();
    levels.add(level.doubleValue());
    for (Waterfall.Step step : waterfall.steps()) {
      level = level.add(step.amount());
      levels.add(level.doubleValue());
    }
    return levels.build();
  }

  private Stream<String> labels() {
    return Stream.concat(
        Stream.of(chart.startLabel(), chart.endLabel()),
        waterfall.steps().stream().map(Waterfall.Step::label));
  }

  private Stream<String> amounts() {
    return waterfall.steps().stream().map(s -> signed(s.amount()));
  }

  private Stream<String> ends() {
    return Stream.of(plain(waterfall.start()), plain(waterfall.end()));
  }

  private String axisLabel() {
    return waterfall.exponent() == 0
        ? chart.axisLabel()
        : chart.axisLabel() + " (in units of " + TickLabels.power(waterfall.exponent()) + ")";
  }

  private String description() {
    return waterfall.steps().stream()
        .map(s -> SafeText.isolated(s.label()) + " " + signed(s.amount()))
        .collect(
            Collectors.joining(
                "; ",
                axisLabel() + ". " + chart.startLabel() + " " + plain(waterfall.start()) + "; ",
                "; " + chart.endLabel() + " " + plain(waterfall.end()) + "."));
  }

  private static Header.Symbol box(String color) {
    return (svg, at) -> svg.rectangle(at.x() - 8, at.y() - 6, 16, 12, Paint.fill(color), "");
  }

  private static String plain(BigDecimal value) {
    return value.toPlainString().replace('-', '−');
  }

  private static String signed(BigDecimal value) {
    return value.signum() > 0 ? "+" + plain(value) : plain(value);
  }

  private static double widest(Stream<String> texts) {
    return texts.mapToDouble(TextStyle.LABEL.bolder()::width).max().orElse(0);
  }
}
