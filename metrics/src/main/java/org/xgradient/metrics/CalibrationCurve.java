package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How often what was predicted with some probability came true.
 *
 * <p>The rows are sorted by their probability and cut into bins of as equal counts as whole rows
 * allow; rows of one probability may be in two bins. A calibrated model has {@code share ≈
 * probability} in each bin.
 *
 * @param bins the bins, from the lowest probability to the highest
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al. (2017), On calibration of modern
 *     neural networks, Eq. 3, with bins of equal counts</a>
 */
public record CalibrationCurve(ImmutableList<Bin> bins) {

  /** The quantile of the normal distribution for 95 %. */
  private static final double Z = 1.959963984540054;

  /**
   * Some rows of similar probabilities.
   *
   * @param rows how many
   * @param probability the mean of what was predicted
   * @param share the share that came true
   * @param interval the 95 % Wilson interval of that share
   */
  public record Bin(int rows, double probability, double share, ConfidenceInterval interval) {}

  /**
   * Measures probabilities by what came true.
   *
   * @param probabilities of each row, in [0, 1], at least one
   * @param cameTrue for each row
   * @param bins how many bins at most, at least 1
   * @return the curve, of at most as many bins as rows
   * @throws IllegalArgumentException if a value is out of its range, or the numbers of rows differ
   */
  public static CalibrationCurve of(double[] probabilities, boolean[] cameTrue, int bins) {
    checkArgument(bins >= 1, "there must be at least one bin, found %s", bins);
    checkArgument(
        probabilities.length == cameTrue.length && probabilities.length > 0,
        "there must be an outcome for each of at least one probability, found %s and %s",
        cameTrue.length,
        probabilities.length);
    for (double probability : probabilities) {
      checkArgument(
          probability >= 0 && probability <= 1,
          "a probability must be in [0, 1], found %s",
          probability);
    }
    int rows = probabilities.length;
    int[] order =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> probabilities[row]))
            .mapToInt(row -> row)
            .toArray();
    int count = Math.min(bins, rows);
    ImmutableList.Builder<Bin> found = ImmutableList.builder();
    for (int bin = 0; bin < count; bin++) {
      int from = (int) ((long) rows * bin / count);
      int to = (int) ((long) rows * (bin + 1) / count);
      double sum = 0;
      int hits = 0;
      for (int i = from; i < to; i++) {
        sum += probabilities[order[i]];
        hits += cameTrue[order[i]] ? 1 : 0;
      }
      int size = to - from;
      found.add(new Bin(size, sum / size, (double) hits / size, wilson(hits, size)));
    }
    return new CalibrationCurve(found.build());
  }

  /** (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). */
  private static ConfidenceInterval wilson(int hits, int rows) {
    double share = (double) hits / rows;
    double zz = Z * Z / rows;
    double middle = share + zz / 2;
    double half = Z * Math.sqrt(share * (1 - share) / rows + zz / (4 * rows));
    return new ConfidenceInterval(
        Math.max(0, Math.min(share, (middle - half) / (1 + zz))),
        Math.min(1, Math.max(share, (middle + half) / (1 + zz))),
        0.95);
  }

  /**
   * {@return the expected calibration error (ECE): the mean distance of probability and share over
   * the rows, in [0, 1]; 0 is calibrated}
   */
  public double expectedError() {
    double sum = 0;
    int rows = 0;
    for (Bin bin : bins) {
      sum += bin.rows() * Math.abs(bin.probability() - bin.share());
      rows += bin.rows();
    }
    return sum / rows;
  }
}
