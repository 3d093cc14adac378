package org.xgradient.experiments;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Optional;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.PairedDifference;

/**
 * A ratio of two costs that were measured in turn: the geometric mean over the rounds, and the
 * interval that follows from Student's t distribution of the logarithms.
 *
 * @param ratio the ratio
 * @param interval its confidence interval
 */
public record RatioEstimate(double ratio, ConfidenceInterval interval) {

  /**
   * Estimates a ratio.
   *
   * @param numerators the costs above, one for each round, at least two
   * @param denominators the costs below
   * @return the estimate; empty if a cost is not known
   * @throws IllegalArgumentException as {@link PairedDifference#of} does
   */
  public static Optional<RatioEstimate> of(double[] numerators, double[] denominators) {
    if (!isKnown(numerators) || !isKnown(denominators)) {
      return Optional.empty();
    }
    var difference = PairedDifference.of(logarithms(numerators), logarithms(denominators));
    ConfidenceInterval interval = difference.interval(Claim.CONFIDENCE);
    return Optional.of(
        new RatioEstimate(
            Math.exp(difference.mean()),
            new ConfidenceInterval(
                Math.exp(interval.lower()), Math.exp(interval.upper()), Claim.CONFIDENCE)));
  }

  private static boolean isKnown(double[] costs) {
    return Arrays.stream(costs).noneMatch(Double::isNaN);
  }

  private static double[] logarithms(double[] costs) {
    return Arrays.stream(costs).map(Math::log).toArray();
  }

  /**
   * Holds the ratio against the paper's claim that it is more than 1, and tells the paper's number.
   *
   * @param before the words before the ratio
   * @param after the words after it
   * @param where what the published ratio was measured on
   * @param published the published ratio, more than 1
   * @return the finding
   */
  public Finding finding(String before, String after, String where, double published) {
    String measured =
        "%s %s times %s (95 %% interval %s to %s)"
            .formatted(
                before, number(ratio), after, number(interval.lower()), number(interval.upper()));
    String other = "the paper has %s times %s".formatted(number(published), where);
    if (interval.lower() > 1) {
      return new Finding(
          "%s, so it costs more, as in the paper; %s.".formatted(measured, other), Verdict.AGREES);
    }
    return interval.upper() < 1
        ? new Finding("%s, so it costs less; %s.".formatted(measured, other), Verdict.DIFFERS)
        : new Finding(
            "%s, which cannot be told from 1; %s.".formatted(measured, other), Verdict.UNDECIDED);
  }

  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
