package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xgradient.report.text.Markup;

/**
 * Draws one picture as SVG, with a title and a description for those who do not see it.
 *
 * <p>Every shape may carry a tooltip, which browsers show without a script. An empty tooltip is
 * none.
 */
final class Svg {

  private static final String FONTS =
      "'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

  private static final double CORNER = 2;

  private final Markup out = new Markup();

  /**
   * Starts a picture.
   *
   * @param width the width in user units, about pixels
   * @param height the height in user units
   * @param title what the picture is called
   * @param description what a reader would see in it
   */
  Svg(double width, double height, String title, String description) {
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "chart",
        "role",
        "img",
        "aria-label",
        title,
        "viewBox",
        "0 0 " + number(width) + " " + number(height),
        "font-family",
        FONTS,
        "fill",
        Paint.INK);
    out.element("title", title).element("desc", description).newline();
  }

  Svg rectangle(double x, double y, double width, double height, Paint paint, String tooltip) {
    return shape(
        "rect",
        paint,
        tooltip,
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(height),
        "rx",
        number(Math.min(CORNER, width / 8)));
  }

  Svg line(Point from, Point to, Paint paint) {
    return shape(
        "line",
        paint,
        "",
        "x1",
        number(from.x()),
        "y1",
        number(from.y()),
        "x2",
        number(to.x()),
        "y2",
        number(to.y()));
  }

  Svg polyline(List<Point> points, Paint paint) {
    return shape("polyline", paint, "", "points", points(points), "stroke-linejoin", "round");
  }

  Svg polygon(List<Point> points, Paint paint) {
    return shape("polygon", paint, "", "points", points(points));
  }

  /** Marks a place by a shape that goes round among circle, square, triangle and diamond. */
  Svg marker(int kind, Point at, double radius, Paint paint, String tooltip) {
    double x = at.x();
    double y = at.y();
    double r = radius;
    return switch (kind % 4) {
      case 0 ->
          shape("circle", paint, tooltip, "cx", number(x), "cy", number(y), "r", number(radius));
      case 1 -> rectangle(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, paint, tooltip);
      case 2 -> {
        r *= 1.15;
        yield polygonMarker(
            paint, tooltip, new Point(x, y - r), new Point(x + r, y + r), new Point(x - r, y + r));
      }
      default -> {
        r *= 1.25;
        yield polygonMarker(
            paint,
            tooltip,
            new Point(x, y - r),
            new Point(x + r, y),
            new Point(x, y + r),
            new Point(x - r, y));
      }
    };
  }

  Svg text(double x, double y, String text, TextStyle style) {
    return text(x, y, text, style, "");
  }

  /** Draws a text whose baseline is at the given place. */
  Svg text(double x, double y, String text, TextStyle style, String tooltip) {
    out.open(
        "text",
        "x",
        number(x),
        "y",
        number(y),
        "font-size",
        number(style.size()),
        "text-anchor",
        style.anchor().name().toLowerCase(Locale.ROOT),
        "font-weight",
        style.bold() ? "600" : "400",
        "fill-opacity",
        number(style.opacity()));
    out.text(text);
    tooltip(tooltip);
    out.close().newline();
    return this;
  }

  /** Draws a text no wider than that; what is cut off can be read in the tooltip. */
  Svg fittedText(double x, double y, String text, TextStyle style, double width) {
    String fitted = style.fit(text, width);
    return text(x, y, fitted, style, fitted.equals(text) ? "" : text);
  }

  /** {@return the picture} */
  String finish() {
    return out.close().toString();
  }

  private Svg polygonMarker(Paint paint, String tooltip, Point... points) {
    return shape("polygon", paint, tooltip, "points", points(ImmutableList.copyOf(points)));
  }

  private Svg shape(String element, Paint paint, String tooltip, String... geometry) {
    ImmutableList.Builder<String> attributes = ImmutableList.builder();
    attributes.add(geometry).add("fill", paint.fill());
    if (paint.width() > 0) {
      attributes.add("stroke", paint.stroke(), "stroke-width", number(paint.width()));
    }
    if (!paint.dashes().isEmpty()) {
      attributes.add("stroke-dasharray", paint.dashes());
    }
    if (paint.opacity() < 1) {
      attributes.add("opacity", number(paint.opacity()));
    }
    out.open(element, attributes.build().toArray(new String[0]));
    tooltip(tooltip);
    out.close().newline();
    return this;
  }

  private void tooltip(String tooltip) {
    if (!tooltip.isEmpty()) {
      out.element("title", tooltip);
    }
  }

  private static String points(List<Point> points) {
    return points.stream()
        .map(p -> number(p.x()) + "," + number(p.y()))
        .collect(Collectors.joining(" "));
  }

  private static String number(double value) {
    checkArgument(Double.isFinite(value), "a coordinate must be finite, found %s", value);
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }
}
