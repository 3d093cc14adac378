package org.xgradient.report.chart;

import java.util.stream.IntStream;

/** Round numbers at equal distances: 1, 2 or 5 times a power of ten. */
final class LinearTicks {

  private LinearTicks() {}

  /** {@return the smallest round step that gives no more than so many steps} */
  static double step(double from, double to, int count) {
    double raw = (to - from) / count;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= raw * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** {@return the multiples of the step in the range, ascending} */
  static double[] between(double from, double to, double step) {
    double slack = 1e-9 * step;
    double first = Math.ceil((from - slack) / step);
    int count = (int) (Math.floor((to + slack) / step) - first) + 1;
    return IntStream.range(0, count).mapToDouble(i -> (first + i) * step + 0.0).toArray();
  }
}
