package org.xgradient.report.chart.drawing;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xgradient.report.text.Markup;

/**
 * Draws one picture as SVG, with a title and a description for those who do not see it, and
 * tooltips, which browsers show without a script.
 */
public final class Svg extends Surface {

  private static final String FONTS =
      "'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

  private final Markup out = new Markup();

  /**
   * Starts a picture.
   *
   * @param width the width in user units, about pixels
   * @param height the height in user units
   * @param title what the picture is called
   * @param description what a reader would see in it
   * @param style its classes on the page around it
   */
  public Svg(double width, double height, String title, String description, String style) {
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        style,
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

  @Override
  public Svg rectangle(
      double x, double y, double width, double height, Paint paint, String tooltip) {
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
        number(corner(width)));
  }

  @Override
  public Svg line(Point from, Point to, Paint paint) {
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

  @Override
  public Svg polyline(List<Point> points, Paint paint) {
    return shape("polyline", paint, "", "points", points(points), "stroke-linejoin", "round");
  }

  @Override
  public Svg polygon(List<Point> points, Paint paint, String tooltip) {
    return shape("polygon", paint, tooltip, "points", points(points));
  }

  @Override
  public Svg circle(Point center, double radius, Paint paint, String tooltip) {
    return shape(
        "circle",
        paint,
        tooltip,
        "cx",
        number(center.x()),
        "cy",
        number(center.y()),
        "r",
        number(radius));
  }

  /** One path of lines without a length, whose round ends are seen: a tenth of so many circles. */
  @Override
  public Svg dots(List<Point> centers, double radius, Paint paint) {
    if (centers.isEmpty()) {
      return this;
    }
    String path =
        centers.stream()
            .map(p -> String.format(Locale.ROOT, "M%.1f %.1fh0", p.x(), p.y()))
            .collect(Collectors.joining());
    Paint stroke = Paint.line(paint.fill(), 2 * radius).withOpacity(paint.opacity());
    return shape("path", stroke, "", "d", path, "stroke-linecap", "round");
  }

  @Override
  public Svg text(double x, double y, String text, TextStyle style, String tooltip) {
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

  /** {@return the picture} */
  public String finish() {
    return out.close().toString();
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
