package org.xgradient.report.chart;

import java.util.stream.Stream;
import org.xgradient.report.chart.drawing.Surface;
import org.xgradient.report.chart.drawing.TextStyle;

/**
 * Where the names of rows stand: left of what is drawn for them, or above it where a drawing is too
 * narrow for both.
 *
 * @param room how wide a name that stands left may be
 * @param above what a name adds to the height of its row; 0 if names stand left
 * @param width the width of the drawing
 */
record RowNames(double room, double above, double width) {

  private static final double GUTTER = 12;
  private static final double LINE = 19;
  private static final double INSET = 4;

  /**
   * The names of some rows.
   *
   * @param names the names
   * @param style how the widest is written
   * @param share how much of the width they may take if they stand left
   * @param width the width of the drawing
   */
  static RowNames of(Stream<String> names, TextStyle style, double share, double width) {
    if (width <= Chart.NARROW) {
      return new RowNames(0, LINE, width);
    }
    double widest = names.mapToDouble(style::width).max().orElse(0);
    return new RowNames(Math.min(share * width, widest), 0, width);
  }

  /** {@return whether names stand above their rows, where a number may stand beside them} */
  boolean areAbove() {
    return above > 0;
  }

  /** {@return where what is drawn for the rows begins} */
  double left() {
    return areAbove() ? Axes.RIGHT_MARGIN : room + GUTTER;
  }

  /** {@return the baseline of a name above its row} */
  double baseline(double top) {
    return top + above - 3;
  }

  /**
   * Draws a name.
   *
   * @param surface what is drawn on
   * @param top the upper side of its row
   * @param middle the middle of what is drawn for the row
   * @param name the name
   * @param style how it is written
   * @param beside what stands at the right of it if it is above, whose room it leaves free
   */
  void draw(
      Surface surface, double top, double middle, String name, TextStyle style, double beside) {
    if (areAbove()) {
      double x = left() + INSET;
      surface.fittedText(x, baseline(top), name, style, width - x - beside);
    } else {
      surface.fittedText(room, middle + 4.5, name, style.anchored(TextStyle.Anchor.END), room);
    }
  }
}
