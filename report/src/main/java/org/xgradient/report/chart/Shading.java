package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.xgradient.report.chart.drawing.Paint;
import org.xgradient.report.chart.drawing.Point;
import org.xgradient.report.chart.drawing.Surface;

/**
 * What the colours of points stand for: a place between low and high, one of some levels, or
 * nothing.
 *
 * @param low what the low end means, such as "low value"; empty if there is no order
 * @param high what the high end means
 * @param levels what the levels mean, whose points have their indices for shares; empty if there
 *     are none
 * @param none what points of neither mean; empty if there are none
 */
public record Shading(String low, String high, ImmutableList<String> levels, String none) {

  /** Points on points hide little, and stand out from white and from black all the same. */
  private static final Paint PLAIN = Paint.fill(Paint.INK).withOpacity(0.55);

  /** {@return points all of one colour, which means nothing} */
  public static Shading plain() {
    return ofOrder("", "", "");
  }

  /**
   * Colours for an order.
   *
   * @param low what the low end means, such as "low value"
   * @param high what the high end means
   * @param none what points of neither mean; empty if there are none
   * @return the colours
   */
  public static Shading ofOrder(String low, String high, String none) {
    return new Shading(low, high, ImmutableList.of(), none);
  }

  /**
   * A colour for each level.
   *
   * @param levels what they mean
   * @param none what points of none of them mean; empty if there are none
   * @return the colours
   */
  public static Shading ofLevels(List<String> levels, String none) {
    return new Shading("", "", ImmutableList.copyOf(levels), none);
  }

  /** The entries of a legend. */
  ImmutableList<Header.Entry> legend() {
    ImmutableList.Builder<Header.Entry> entries = ImmutableList.builder();
    if (!low.isEmpty()) {
      entries.add(new Header.Entry(low, dot(Paint.shadeColor(0))));
      entries.add(new Header.Entry(high, dot(Paint.shadeColor(Paint.shades() - 1))));
    }
    for (int level = 0; level < levels.size(); level++) {
      entries.add(new Header.Entry(levels.get(level), dot(Paint.seriesColor(level))));
    }
    if (!none.isEmpty()) {
      entries.add(new Header.Entry(none, dot(Paint.NEUTRAL)));
    }
    return entries.build();
  }

  private static Header.Symbol dot(String color) {
    return (surface, at) -> surface.circle(at, 5, Paint.fill(color), "");
  }

  /** Draws points, those of one colour at a time; the gray ones first. */
  void draw(Surface surface, List<Point> points, ImmutableDoubleArray shares, double radius) {
    if (low.isEmpty() && levels.isEmpty()) {
      surface.dots(points, radius, PLAIN);
      return;
    }
    int colors = levels.isEmpty() ? Paint.shades() : levels.size();
    for (int color = colors; color >= 0; color--) {
      List<Point> some = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        if (colorOf(shares.get(i)) == color) {
          some.add(points.get(i));
        }
      }
      // They stand out from white and from black by just enough as they are.
      surface.dots(some, radius, Paint.fill(paint(color)));
    }
  }

  /** The number of a colour, the last of which is for neither. */
  private int colorOf(double share) {
    if (levels.isEmpty()) {
      return Paint.shadeOf(share);
    }
    return Double.isNaN(share) ? levels.size() : (int) share;
  }

  private String paint(int color) {
    if (levels.isEmpty()) {
      return Paint.shadeColor(color);
    }
    return color == levels.size() ? Paint.NEUTRAL : Paint.seriesColor(color);
  }

  /** How strongly two things go together, as a word for those who do not see it. */
  static String tendency(ImmutableDoubleArray x, ImmutableDoubleArray y) {
    double[] both =
        IntStream.range(0, x.length())
            .filter(i -> Double.isFinite(x.get(i)) && Double.isFinite(y.get(i)))
            .asDoubleStream()
            .toArray();
    if (both.length < 3) {
      return "";
    }
    double xMean = DoubleStream.of(both).map(i -> x.get((int) i)).average().orElseThrow();
    double yMean = DoubleStream.of(both).map(i -> y.get((int) i)).average().orElseThrow();
    double xx = DoubleStream.of(both).map(i -> square(x.get((int) i) - xMean)).sum();
    double yy = DoubleStream.of(both).map(i -> square(y.get((int) i) - yMean)).sum();
    double xy =
        DoubleStream.of(both).map(i -> (x.get((int) i) - xMean) * (y.get((int) i) - yMean)).sum();
    double correlation = xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    return correlation > 0.3 ? "rising" : correlation < -0.3 ? "falling" : "no clear direction";
  }

  private static double square(double value) {
    return value * value;
  }
}
