package org.xgradient.report.chart.drawing;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What a chart is drawn on.
 *
 * <p>Every shape may carry a tooltip, which not every surface can show. An empty tooltip is none.
 */
public abstract class Surface {

  private static final double CORNER = 2;

  /** Makes a surface of a size in user units, about pixels. */
  @FunctionalInterface
  public interface Maker<S extends Surface> {
    /**
     * Makes a surface.
     *
     * @param width the width in user units
     * @param height the height in user units
     * @param title what the picture is called
     * @param description what a reader would see in it
     */
    S make(double width, double height, String title, String description);
  }

  /** Draws a rectangle with round corners, if it has any. */
  public abstract Surface rectangle(
      double x, double y, double width, double height, Paint paint, String tooltip);

  public abstract Surface line(Point from, Point to, Paint paint);

  public abstract Surface polyline(List<Point> points, Paint paint);

  public abstract Surface polygon(List<Point> points, Paint paint, String tooltip);

  public abstract Surface circle(Point center, double radius, Paint paint, String tooltip);

  /** Draws many circles of one size, which carry no tooltips. */
  public abstract Surface dots(List<Point> centers, double radius, Paint paint);

  /** Draws a text whose baseline is at the given place. */
  public abstract Surface text(double x, double y, String text, TextStyle style, String tooltip);

  public final Surface text(double x, double y, String text, TextStyle style) {
    return text(x, y, text, style, "");
  }

  /** Draws a text no wider than that; what is cut off can be read in the tooltip. */
  public final Surface fittedText(double x, double y, String text, TextStyle style, double width) {
    String fitted = style.fit(text, width);
    return text(x, y, fitted, style, fitted.equals(text) ? "" : text);
  }

  /** Marks a place by a shape that goes round among circle, square, triangle and diamond. */
  public final Surface marker(int kind, Point at, double radius, Paint paint, String tooltip) {
    double x = at.x();
    double y = at.y();
    double r = radius;
    return switch (kind % 4) {
      case 0 -> circle(at, radius, paint, tooltip);
      case 1 -> rectangle(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, paint, tooltip);
      case 2 -> {
        r *= 1.15;
        yield polygon(
            ImmutableList.of(new Point(x, y - r), new Point(x + r, y + r), new Point(x - r, y + r)),
            paint,
            tooltip);
      }
      default -> {
        r *= 1.25;
        yield polygon(
            ImmutableList.of(
                new Point(x, y - r), new Point(x + r, y), new Point(x, y + r), new Point(x - r, y)),
            paint,
            tooltip);
      }
    };
  }

  /** How round the corners of a rectangle are. */
  public static double corner(double width) {
    return Math.min(CORNER, width / 8);
  }
}
