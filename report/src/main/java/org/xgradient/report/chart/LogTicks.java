package org.xgradient.report.chart;

import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.report.text.TickLabels;

/** Powers of ten; with 2 and 5 times them where there is room, and fewer where there is none. */
final class LogTicks {

  private LogTicks() {}

  /** {@return about so many round values in the range, ascending} */
  static double[] between(double from, double to, int count) {
    int first = TickLabels.floorLog10(from);
    int last = TickLabels.floorLog10(to);
    int decades = last - first + 1;
    double[] factors =
        3 * Math.log10(to / from) <= count ? new double[] {1, 2, 5} : new double[] {1};
    int every = Math.max(1, (int) Math.ceil((double) decades / (count + 1)));
    ImmutableDoubleArray.Builder ticks = ImmutableDoubleArray.builder();
    for (int exponent = first; exponent <= last; exponent += every) {
      for (double factor : factors) {
        double value = factor * Math.pow(10, exponent);
        if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) {
          ticks.add(value);
        }
      }
    }
    return ticks.build().toArray();
  }
}
