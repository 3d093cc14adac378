package org.xgradient.attribution.completeness;

import org.xgradient.data.FloatArray;

/**
 * Holds attributions that are exact by proof to their sum: on a homogeneous model X-Gradient adds
 * up to the output, and the output is known.
 *
 * <p>A row may be off by {@code operations · 2^-11 · max(Σ_i |A_i|, |F|)}. Each operation between
 * the inputs and the output rounds to {@code 2^-23} of its value; the twelve bits between are left
 * to values that cancel inside of the network, of which the sum knows nothing. A wrong gradient is
 * off by whole percents. Where operations round to more than that, as in half precision, a row may
 * be off by as much for each, up to a half, which a missing gradient still exceeds. Besides, each
 * of a million terms that are added on the way may lose what is below the smallest normal float,
 * {@code 2^-126}, as the outputs of a network do that a prior has driven to zero.
 *
 * @param operations the number of operations between inputs and output
 * @param rounding what the coarsest of them rounds to, as a share of its value
 */
public record CompletenessCheck(int operations, double rounding) {

  private static final double ROUNDING = 0x1p-23;
  private static final double CANCELLATION = 0x1p12;

  private static final double UNDERFLOW = 0x1p20 * Float.MIN_NORMAL;

  /** No network is so deep that attributions in floats may be off by a twentieth. */
  private static final double MOST = 0.05;

  private static final double MOST_IF_COARSE = 0.5;

  /**
   * Checks all rows.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}
   * @param outputs the explained output, of shape {@code [rows]}
   * @throws IncompleteException if the attributions of a row don't add up
   */
  public void check(FloatArray attributions, FloatArray outputs) {
    FloatArray starts = FloatArray.zeros(outputs.size());
    double[] gaps = Completeness.gaps(attributions, outputs, starts);
    double share =
        Math.max(
            Math.min(MOST, operations * ROUNDING * CANCELLATION),
            Math.min(MOST_IF_COARSE, operations * rounding));
    int size = attributions.rowSize();
    for (int row = 0; row < gaps.length; row++) {
      double output = outputs.values()[row];
      if (Math.abs(gaps[row]) <= share * Math.abs(output)) {
        continue;
      }
      double magnitude = 0;
      for (int i = row * size; i < (row + 1) * size; i++) {
        magnitude += Math.abs(attributions.values()[i]);
      }
      double allowed = share * Math.max(magnitude, Math.abs(output)) + UNDERFLOW;
      if (Math.abs(gaps[row]) > allowed) {
        throw new IncompleteException(row, gaps[row] + output, output, allowed);
      }
    }
  }
}
