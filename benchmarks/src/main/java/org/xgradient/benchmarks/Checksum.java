package org.xgradient.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import org.xgradient.data.FloatArray;

/**
 * A number that tells whether two workloads computed the same, up to the rounding of floats: a
 * weighted sum, rounded to four significant digits. The weights make it depend on the order.
 */
final class Checksum {

  private static final int WEIGHTS = 7;
  private static final MathContext DIGITS = new MathContext(4);

  private Checksum() {}

  /**
   * Computes the checksum.
   *
   * @param fetched the values
   * @return the checksum
   * @throws IllegalStateException if a value is not finite, or all are zero: no work was done
   */
  static BigDecimal of(FloatArray fetched) {
    double sum = 0;
    double magnitude = 0;
    float[] values = fetched.values();
    for (int i = 0; i < values.length; i++) {
      sum += (1 + i % WEIGHTS) * (double) values[i];
      magnitude += Math.abs(values[i]);
    }
    if (!(magnitude > 0 && magnitude < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException(
          "fetched values must be finite and not all zero, found a sum of magnitudes of "
              + magnitude);
    }
    return new BigDecimal(sum, DIGITS);
  }
}
