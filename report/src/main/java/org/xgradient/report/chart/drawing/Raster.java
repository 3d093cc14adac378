package org.xgradient.report.chart.drawing;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.xgradient.report.text.SafeText;

/** Draws one picture in pixels, dark on white. */
public final class Raster extends Surface {

  private static final double LARGEST_SCALE = 8;
  public static final int MARGIN = 12;
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x1c2128);

  private final BufferedImage image;
  private final Graphics2D graphics;

  /**
   * Starts a picture.
   *
   * @param width the width in user units
   * @param height the height in user units
   * @param scale how many pixels a unit takes
   * @throws IllegalArgumentException if the scale is out of its range
   */
  public Raster(double width, double height, double scale) {
    checkArgument(
        scale > 0 && scale <= LARGEST_SCALE,
        "the scale must be above 0 and at most %s, found %s",
        LARGEST_SCALE,
        scale);
    this.image =
        new BufferedImage(
            (int) Math.ceil((width + 2 * MARGIN) * scale),
            (int) Math.ceil((height + 2 * MARGIN) * scale),
            BufferedImage.TYPE_INT_RGB);
    this.graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(scale, scale);
    graphics.translate(MARGIN, MARGIN);
  }

  @Override
  public Raster rectangle(
      double x, double y, double width, double height, Paint paint, String tooltip) {
    double arc = 2 * corner(width);
    return draw(new RoundRectangle2D.Double(x, y, width, height, arc, arc), paint);
  }

  @Override
  public Raster line(Point from, Point to, Paint paint) {
    return draw(new Line2D.Double(from.x(), from.y(), to.x(), to.y()), paint);
  }

  @Override
  public Raster polyline(List<Point> points, Paint paint) {
    return draw(path(points), paint);
  }

  @Override
  public Raster polygon(List<Point> points, Paint paint, String tooltip) {
    Path2D path = path(points);
    path.closePath();
    return draw(path, paint);
  }

  @Override
  public Raster circle(Point center, double radius, Paint paint, String tooltip) {
    return draw(
        new Ellipse2D.Double(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius),
        paint);
  }

  @Override
  public Raster dots(List<Point> centers, double radius, Paint paint) {
    centers.forEach(center -> circle(center, radius, paint, ""));
    return this;
  }

  @Override
  public Raster text(double x, double y, String text, TextStyle style, String tooltip) {
    String safe = SafeText.of(text);
    double width = setFont(safe, style);
    double share =
        switch (style.anchor()) {
          case START -> 0;
          case MIDDLE -> 0.5;
          case END -> 1;
        };
    begin(style.opacity());
    graphics.setColor(INK);
    graphics.drawString(safe, (float) (x - share * width), (float) y);
    return this;
  }

  /**
   * Sets the font of a text, smaller where this machine's is wider than what the chart reckoned
   * with, lest the text leaves the picture.
   *
   * @return the width of the text
   */
  private double setFont(String text, TextStyle style) {
    Font font =
        new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, 1)
            .deriveFont((float) style.size());
    double width = font.getStringBounds(text, graphics.getFontRenderContext()).getWidth();
    double most = style.width(text);
    boolean fits = width <= most;
    graphics.setFont(fits ? font : font.deriveFont((float) (style.size() * most / width)));
    return Math.min(width, most);
  }

  /** {@return the content of a PNG file} */
  public byte[] finish() {
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("the chart can't be written to memory", e);
    }
    return out.toByteArray();
  }

  private Raster draw(Shape shape, Paint paint) {
    begin(paint.opacity());
    if (!paint.fill().equals("none")) {
      graphics.setColor(color(paint.fill()));
      graphics.fill(shape);
    }
    if (paint.width() > 0) {
      graphics.setColor(color(paint.stroke()));
      graphics.setStroke(stroke(paint));
      graphics.draw(shape);
    }
    return this;
  }

  private void begin(double opacity) {
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
  }

  private static BasicStroke stroke(Paint paint) {
    float width = (float) paint.width();
    if (paint.dashes().isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    String[] lengths = paint.dashes().split(" ", -1);
    float[] dashes = new float[lengths.length];
    for (int i = 0; i < dashes.length; i++) {
      dashes[i] = Float.parseFloat(lengths[i]);
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
  }

  private static Color color(String paint) {
    return paint.equals(Paint.INK) ? INK : Color.decode(paint);
  }

  private static Path2D path(List<Point> points) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < points.size(); i++) {
      if (i == 0) {
        path.moveTo(points.get(i).x(), points.get(i).y());
      } else {
        path.lineTo(points.get(i).x(), points.get(i).y());
      }
    }
    return path;
  }
}
