package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.xgradient.report.chart.drawing.Paint;
import org.xgradient.report.chart.drawing.Point;
import org.xgradient.report.chart.drawing.Surface;
import org.xgradient.report.chart.drawing.TextStyle;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.SafeText;

/** Draws the rows of a {@link BarChart} or {@link PointChart}: label, marks, numbers. */
final class CategoryPlot implements Plot {

  enum Mark {
    BAR,
    POINT
  }

  private static final double GUTTER = 12;
  private static final double MOST_LABEL = 0.36;
  private static final Paint WHISKER = Paint.line(Paint.INK, 1.4).withOpacity(0.75);

  private final String title;
  private final Axis axis;
  private final ImmutableList<String> series;
  private final ImmutableList<Category> categories;
  private final int hidden;
  private final Mark mark;
  private final Header header;
  private final double width;
  private final RowNames names;
  private final double lineHeight;
  private final double rowHeight;
  private final Axes axes;
  private final AxisScale scale;

  CategoryPlot(
      String title,
      Axis axis,
      ImmutableList<String> series,
      ImmutableList<Category> categories,
      int hidden,
      Mark mark,
      double width) {
    this.title = title;
    this.axis = axis;
    this.series = series;
    this.categories = categories;
    this.hidden = hidden;
    this.mark = mark;
    this.width = width;
    this.header = new Header(title, legend(), width);
    this.names =
        RowNames.of(categories.stream().map(Category::label), TextStyle.LABEL, MOST_LABEL, width);
    this.lineHeight = series.size() == 1 ? 24 : 18;
    this.rowHeight = names.above() + series.size() * lineHeight + (series.size() == 1 ? 0 : 10);
    double top = header.height() + 6;
    double numbers =
        widest(categories.stream().flatMap(c -> c.estimates().stream()).map(Estimate::text));
    this.axes =
        new Axes(
            names.left(),
            top,
            width - (numbersAreAbove() ? Axes.RIGHT_MARGIN : numbers + GUTTER),
            top + categories.size() * rowHeight);
    DoubleStream values =
        categories.stream().flatMap(c -> c.estimates().stream()).flatMapToDouble(Estimate::extent);
    Axis range = mark == Mark.BAR ? withZero(axis) : axis;
    this.scale = AxisScale.of(range, values, axes.left(), axes.right());
  }

  static void check(String title, List<String> series, List<Category> categories) {
    checkArgument(!series.isEmpty(), "chart '%s' must have a series, found none", title);
    checkArgument(!categories.isEmpty(), "chart '%s' must have a row, found none", title);
    for (Category category : categories) {
      checkArgument(
          category.estimates().size() == series.size(),
          "row '%s' of chart '%s' must have %s estimates, one for each series, found %s",
          category.label(),
          title,
          series.size(),
          category.estimates().size());
    }
  }

  @Override
  public <S extends Surface> S draw(Surface.Maker<S> maker) {
    double note = hidden > 0 ? 22 : 0;
    S svg = maker.make(width, axes.below(axis.label()) + note, title, description());
    header.draw(svg);
    axes.horizontal(svg, scale, axis.label());
    for (int row = 0; row < categories.size(); row++) {
      drawRow(svg, categories.get(row), axes.top() + row * rowHeight);
    }
    if (mark == Mark.BAR) {
      axes.rule(svg, scale.position(0));
    } else {
      axes.base(svg);
    }
    if (hidden > 0) {
      svg.text(0, axes.below(axis.label()) + 14, hiddenNote(), TextStyle.NOTE);
    }
    return svg;
  }

  private void drawRow(Surface svg, Category category, double top) {
    double number = TextStyle.NOTE.width(category.estimates().get(0).text());
    double below = top + names.above();
    double middleOfAll = below + (rowHeight - names.above()) / 2;
    names.draw(
        svg,
        top,
        middleOfAll,
        category.label(),
        TextStyle.LABEL,
        numbersAreAbove() ? number + GUTTER : 0);
    double first = middleOfAll - (series.size() - 1) * lineHeight / 2;
    for (int i = 0; i < series.size(); i++) {
      Estimate estimate = category.estimates().get(i);
      double middle = first + i * lineHeight;
      if (!Double.isNaN(estimate.value())) {
        drawEstimate(svg, estimate, i, middle, tooltip(category, i));
      }
      double baseline = numbersAreAbove() ? names.baseline(top) : middle + 4.5;
      svg.text(width, baseline, estimate.text(), TextStyle.NOTE.anchored(TextStyle.Anchor.END));
    }
  }

  private void drawEstimate(Surface svg, Estimate estimate, int i, double middle, String tooltip) {
    double end = scale.position(estimate.value());
    if (mark == Mark.BAR) {
      double zero = scale.position(0);
      double thickness = series.size() == 1 ? 15 : 12;
      svg.rectangle(
          Math.min(zero, end),
          middle - thickness / 2,
          Math.abs(end - zero),
          thickness,
          Paint.fill(Paint.seriesColor(i)),
          tooltip);
      drawInterval(svg, estimate, middle, WHISKER);
    } else {
      drawInterval(svg, estimate, middle, Paint.line(Paint.seriesColor(i), 2));
      svg.marker(i, new Point(end, middle), 4.6, pointPaint(i), tooltip);
    }
  }

  private void drawInterval(Surface svg, Estimate estimate, double middle, Paint paint) {
    if (!estimate.hasInterval()) {
      return;
    }
    double low = scale.position(estimate.low());
    double high = scale.position(estimate.high());
    svg.line(new Point(low, middle), new Point(high, middle), paint);
    svg.line(new Point(low, middle - 4), new Point(low, middle + 4), paint);
    svg.line(new Point(high, middle - 4), new Point(high, middle + 4), paint);
  }

  /** One number of a row can stand beside its name, where the bar then has all of the width. */
  private boolean numbersAreAbove() {
    return names.areAbove() && series.size() == 1;
  }

  private ImmutableList<Header.Entry> legend() {
    if (series.size() == 1) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<Header.Entry> legend = ImmutableList.builder();
    for (int i = 0; i < series.size(); i++) {
      int color = i;
      legend.add(
          new Header.Entry(
              series.get(i),
              (svg, at) -> {
                if (mark == Mark.BAR) {
                  Paint paint = Paint.fill(Paint.seriesColor(color));
                  svg.rectangle(at.x() - 8, at.y() - 6, 16, 12, paint, "");
                } else {
                  svg.marker(color, at, 4.6, pointPaint(color), "");
                }
              }));
    }
    return legend.build();
  }

  private static Paint pointPaint(int i) {
    Paint solid = Paint.fill(Paint.seriesColor(i));
    return i == 0 ? solid : solid.hollow();
  }

  private String tooltip(Category category, int i) {
    String name = series.get(i).isEmpty() ? "" : ", " + SafeText.isolated(series.get(i));
    return SafeText.isolated(category.label()) + name + ": " + category.estimates().get(i).text();
  }

  private String hiddenNote() {
    return hidden == 1 ? "1 smaller one is not shown" : hidden + " smaller ones are not shown";
  }

  private String description() {
    return categories.stream()
        .map(
            c ->
                SafeText.isolated(c.label())
                    + " "
                    + c.estimates().stream().map(Estimate::text).collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; ", axis.label() + ". ", "."));
  }

  private static Axis withZero(Axis axis) {
    return axis.including(
        DoubleStream.concat(axis.included().stream(), DoubleStream.of(0)).toArray());
  }

  private static double widest(Stream<String> texts) {
    return texts.mapToDouble(TextStyle.LABEL::width).max().orElse(0);
  }
}
