package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;

/** The fractions of pixels that stay: the x axis of a {@link MaskingCurve}. */
public final class KeptFractions {

  private KeptFractions() {}

  /** {@return the 16 fractions of the paper, geometric from 0.01 to 1} */
  public static ImmutableDoubleArray paper() {
    return geometric(16, 0.01);
  }

  /**
   * Fractions in geometric progression up to 1. The ends are exact: rounding there would lose a
   * pixel.
   *
   * @param count the number of fractions, at least 2
   * @param first the first fraction, in {@code (0, 1)}
   * @return the fractions, in increasing order
   * @throws IllegalArgumentException if a value is out of range
   */
  public static ImmutableDoubleArray geometric(int count, double first) {
    checkArgument(count >= 2, "there must be at least 2 fractions, found %s", count);
    checkArgument(first > 0 && first < 1, "the first must be between 0 and 1, found %s", first);
    double[] fractions = new double[count];
    for (int i = 0; i < count; i++) {
      fractions[i] = Math.pow(first, (count - 1.0 - i) / (count - 1));
    }
    fractions[0] = first;
    fractions[count - 1] = 1;
    return ImmutableDoubleArray.copyOf(fractions);
  }

  /**
   * Fractions in arithmetic progression from 0 to 1.
   *
   * @param count the number of fractions, at least 2
   * @return the fractions, in increasing order
   * @throws IllegalArgumentException if there are fewer than 2
   */
  public static ImmutableDoubleArray linear(int count) {
    checkArgument(count >= 2, "there must be at least 2 fractions, found %s", count);
    double[] fractions = new double[count];
    for (int i = 0; i < count; i++) {
      fractions[i] = (double) i / (count - 1);
    }
    return ImmutableDoubleArray.copyOf(fractions);
  }

  /** Refuses fractions that are no x axis. */
  static void check(ImmutableDoubleArray fractions) {
    checkArgument(
        fractions.length() >= 2, "there must be at least 2 fractions, found %s", fractions);
    for (int i = 0; i < fractions.length(); i++) {
      double fraction = fractions.get(i);
      checkArgument(
          fraction >= 0 && fraction <= 1 && (i == 0 || fraction > fractions.get(i - 1)),
          "fractions must be in [0, 1] and increase, found %s",
          fractions);
    }
  }
}
