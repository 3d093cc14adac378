package org.xgradient.benchmarks;

import com.google.common.primitives.ImmutableDoubleArray;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Times or ratios of repetitions.
 *
 * @param sorted the numbers, in increasing order, at least one
 */
record Timing(ImmutableDoubleArray sorted) {

  private static final MathContext DIGITS = new MathContext(5);

  static Timing of(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return new Timing(ImmutableDoubleArray.copyOf(sorted));
  }

  /** {@return the middle number; the mean of the middle two of an even number of them} */
  double median() {
    int size = sorted.length();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  double min() {
    return sorted.get(0);
  }

  double max() {
    return sorted.get(sorted.length() - 1);
  }

  int repetitions() {
    return sorted.length();
  }

  /** {@return the number to five significant digits, for printing} */
  static BigDecimal rounded(double number) {
    return new BigDecimal(number, DIGITS);
  }
}
