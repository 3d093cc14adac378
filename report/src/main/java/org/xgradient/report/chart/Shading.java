package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What the colours of points stand for.
 *
 * @param low what the low end means, such as "low value"; empty if no point has a colour
 * @param high what the high end means
 * @param none what points of neither mean; empty if there are none
 */
public record Shading(String low, String high, String none) {

  /** {@return points all of one colour, which means nothing} */
  public static Shading plain() {
    return new Shading("", "", "");
  }

  /** The entries of a legend. */
  ImmutableList<Header.Entry> legend() {
    ImmutableList.Builder<Header.Entry> entries = ImmutableList.builder();
    if (!low.isEmpty()) {
      entries.add(new Header.Entry(low, dot(0)));
      entries.add(new Header.Entry(high, dot(Paint.shades() - 1)));
    }
    if (!none.isEmpty()) {
      entries.add(new Header.Entry(none, dot(Paint.shades())));
    }
    return entries.build();
  }

  private static Header.Symbol dot(int shade) {
    return (surface, at) -> surface.circle(at, 5, Paint.fill(Paint.shadeColor(shade)), "");
  }

  /** Draws points, those of one colour at a time; the gray ones first. */
  void draw(Surface surface, List<Point> points, ImmutableDoubleArray shares, double radius) {
    if (low.isEmpty()) {
      surface.dots(points, radius, Paint.fill(Paint.seriesColor(0)).withOpacity(0.6));
      return;
    }
    for (int shade = Paint.shades(); shade >= 0; shade--) {
      List<Point> some = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        if (Paint.shadeOf(shares.get(i)) == shade) {
          some.add(points.get(i));
        }
      }
      surface.dots(some, radius, Paint.fill(Paint.shadeColor(shade)).withOpacity(0.8));
    }
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
