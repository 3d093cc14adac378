package org.xgradient.report.table;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;

/** The places of numbers in their order. */
final class Ranks {

  private Ranks() {}

  /**
   * The share of the others that are smaller, equal ones half.
   *
   * @param values the numbers, NaN where there is none
   * @return from 0 to 1 for each; NaN where there is none
   */
  static ImmutableDoubleArray shares(double... values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double[] shares = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      shares[i] = Double.isNaN(values[i]) ? Double.NaN : share(sorted, values[i]);
    }
    return ImmutableDoubleArray.copyOf(shares);
  }

  private static double share(double[] sorted, double value) {
    if (sorted.length == 1 || sorted[0] == sorted[sorted.length - 1]) {
      return 0.5;
    }
    if (sorted[0] == value) {
      return 0;
    }
    if (sorted[sorted.length - 1] == value) {
      return 1;
    }
    int first = first(sorted, value, false);
    int last = first(sorted, value, true) - 1;
    return (first + last) / 2.0 / (sorted.length - 1);
  }

  /** The index of the first number that is not smaller, or that is larger. */
  private static int first(double[] sorted, double value, boolean larger) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (larger ? sorted[middle] <= value : sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
