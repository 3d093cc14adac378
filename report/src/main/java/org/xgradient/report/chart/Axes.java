package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import org.xgradient.report.chart.drawing.Paint;
import org.xgradient.report.chart.drawing.Point;
import org.xgradient.report.chart.drawing.Surface;
import org.xgradient.report.chart.drawing.TextStyle;

/**
 * Draws the grid and the numbers around a plot.
 *
 * @param left the left side of the plot
 * @param top its upper side
 * @param right its right side
 * @param bottom its lower side
 */
record Axes(double left, double top, double right, double bottom) {

  /** The room that the numbers and a label of one line take below the plot. */
  private static final double BELOW = 44;

  private static final double LINE = 16;
  private static final int MOST_LINES = 2;

  /** What a plot must leave free at its right for half a number. */
  static final double RIGHT_MARGIN = 16;

  private static final Paint GRID = Paint.line(Paint.INK, 1).withOpacity(0.13);
  private static final Paint RULE = Paint.line(Paint.INK, 1).withOpacity(0.55);

  /** Draws vertical grid lines, their numbers below the plot, and the label below those. */
  void horizontal(Surface svg, AxisScale scale, String label) {
    TextStyle style = TextStyle.NOTE.anchored(TextStyle.Anchor.MIDDLE);
    for (Tick tick : scale.horizontalTicks(style)) {
      svg.line(new Point(tick.position(), top), new Point(tick.position(), bottom), GRID);
      svg.text(insideX(tick, style), bottom + 17, tick.label(), style);
    }
    double middle = (left + right) / 2;
    double half = Math.min(middle, end() - middle);
    double y = bottom + 37;
    if (style.width(label) <= 2 * half) {
      svg.text(middle, y, label, style);
      return;
    }
    for (String line : lines(label)) {
      String fitted = style.fit(line, end());
      String tooltip = fitted.equals(line) ? "" : label;
      svg.text(end(), y, fitted, style.anchored(TextStyle.Anchor.END), tooltip);
      y += LINE;
    }
  }

  /** {@return where a horizontal axis with its numbers and its label ends} */
  double below(String label) {
    return bottom + BELOW + (lines(label).size() - 1) * LINE;
  }

  private ImmutableList<String> lines(String label) {
    return TextStyle.NOTE.lines(label, end(), MOST_LINES);
  }

  private double end() {
    return right + RIGHT_MARGIN;
  }

  /** Draws horizontal grid lines, their numbers left of the plot, and the label above it. */
  void vertical(Surface svg, ImmutableList<Tick> ticks, String label) {
    for (Tick tick : ticks) {
      svg.line(new Point(left, tick.position()), new Point(right, tick.position()), GRID);
      svg.text(
          left - 8,
          tick.position() + 4,
          tick.label(),
          TextStyle.NOTE.anchored(TextStyle.Anchor.END));
    }
    svg.fittedText(0, top - 16, label, TextStyle.NOTE, right);
  }

  /** Draws a line at the bottom. */
  void base(Surface svg) {
    svg.line(new Point(left, bottom), new Point(right, bottom), RULE);
  }

  /** Draws a line from top to bottom. */
  void rule(Surface svg, double x) {
    svg.line(new Point(x, top), new Point(x, bottom), RULE);
  }

  /** A number near the edge of the picture moves in rather than being cut. */
  private double insideX(Tick tick, TextStyle style) {
    double half = style.width(tick.label()) / 2;
    return Math.max(half, Math.min(tick.position(), right + RIGHT_MARGIN - half));
  }
}
