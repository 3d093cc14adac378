package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import org.apache.commons.math3.distribution.TDistribution;
import org.xgradient.data.SampleMean;

/**
 * The mean difference of two measurements of the same subjects, such as the scores of two methods
 * on the same images.
 *
 * <p>Pairing takes out what the subjects differ in, so it needs far fewer of them than a comparison
 * of two means. The bounds are those of Student's t distribution; they hold for differences that
 * are about normal, or for many of them.
 *
 * @param count the number of pairs, at least 2
 * @param mean the mean of the differences
 * @param standardError the standard error of that mean, at least 0
 */
public record PairedDifference(int count, double mean, double standardError) {

  /**
   * The differences {@code first - second}.
   *
   * @param first the measurements of one kind, all finite
   * @param second those of the other, in the same order of subjects, all finite
   * @return the mean difference
   * @throws IllegalArgumentException if there are not as many of both, there are fewer than two
   *     pairs, or a difference is not finite
   */
  public static PairedDifference of(double[] first, double[] second) {
    checkArgument(
        first.length == second.length,
        "pairs need as many values on both sides, found %s and %s",
        first.length,
        second.length);
    checkArgument(
        first.length >= 2, "a standard error needs at least 2 pairs, found %s", first.length);
    double[] differences = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = first[i] - second[i];
      checkArgument(
          Double.isFinite(differences[i]),
          "differences must be finite, found %s - %s in pair %s",
          first[i],
          second[i],
          i);
    }
    SampleMean mean = SampleMean.of(differences);
    return new PairedDifference(first.length, mean.mean(), mean.error());
  }

  /**
   * The two-sided interval of the mean difference.
   *
   * @param confidence the confidence level, in {@code (0, 1)}
   * @return the interval
   */
  public ConfidenceInterval interval(double confidence) {
    double reach = quantile((1 + confidence) / 2) * standardError;
    return new ConfidenceInterval(mean - reach, mean + reach, confidence);
  }

  /**
   * The value that the mean difference exceeds, with some confidence: a one-sided bound.
   *
   * @param confidence the confidence level, in {@code (0, 1)}
   * @return the bound
   */
  public double lowerBound(double confidence) {
    return mean - quantile(confidence) * standardError;
  }

  private double quantile(double probability) {
    checkArgument(
        probability > 0 && probability < 1,
        "the confidence level must be between 0 and 1, found a quantile of %s",
        probability);
    return new TDistribution(count - 1).inverseCumulativeProbability(probability);
  }
}
