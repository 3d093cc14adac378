package org.xgradient.experiments;

import static com.google.common.base.Preconditions.checkArgument;

import java.math.BigDecimal;
import java.math.MathContext;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.PairedDifference;

/**
 * What the paper, or somebody else, says of two means: the one is higher or lower than the other,
 * or they are about the same. Held against measurements, it gives a sentence that follows from the
 * confidence interval of the difference, whatever way it turns out.
 *
 * @param quantity what is measured, such as {@code test ROC-AUC}
 * @param first what has the one mean
 * @param second what has the other
 * @param relation how the first is to the second
 * @param margin for {@link Relation#SIMILAR}, up to which difference two means count as the same; 0
 *     for the others
 * @param source who says so
 */
public record Claim(
    String quantity, String first, String second, Relation relation, double margin, String source) {

  private static final String PAPER = "the paper";

  /** The confidence level of all intervals. */
  public static final double CONFIDENCE = 0.95;

  /** How one mean is to another. */
  public enum Relation {
    /** More than 0 above. */
    HIGHER("higher"),
    /** More than 0 below. */
    LOWER("lower"),
    /** Within a margin. */
    SIMILAR("about the same");

    private final String words;

    Relation(String words) {
      this.words = words;
    }
  }

  /**
   * Checks the margin.
   *
   * @throws IllegalArgumentException if it is not positive where one is needed, or not 0 elsewhere
   */
  public Claim {
    checkArgument(
        relation == Relation.SIMILAR ? margin > 0 : margin == 0,
        "the margin must be positive for SIMILAR and 0 for others, found %s for %s",
        margin,
        relation);
  }

  /**
   * The first is higher.
   *
   * @param quantity what is measured
   * @param first what has the higher mean
   * @param second what has the lower mean
   * @return the claim
   */
  public static Claim higher(String quantity, String first, String second) {
    return new Claim(quantity, first, second, Relation.HIGHER, 0, PAPER);
  }

  /**
   * The first is lower.
   *
   * @param quantity what is measured
   * @param first what has the lower mean
   * @param second what has the higher mean
   * @return the claim
   */
  public static Claim lower(String quantity, String first, String second) {
    return new Claim(quantity, first, second, Relation.LOWER, 0, PAPER);
  }

  /**
   * Both are about the same.
   *
   * @param quantity what is measured
   * @param first the one
   * @param second the other
   * @param margin up to which difference they count as the same
   * @return the claim
   */
  public static Claim similar(String quantity, String first, String second, double margin) {
    return new Claim(quantity, first, second, Relation.SIMILAR, margin, PAPER);
  }

  /**
   * Holds the claim against measurements of the same subjects.
   *
   * @param firstValues the measurements of the first, at least two
   * @param secondValues those of the second, in the same order of subjects
   * @return the finding
   * @throws IllegalArgumentException as {@link PairedDifference#of} does
   */
  public Finding test(double[] firstValues, double[] secondValues) {
    return test(PairedDifference.of(firstValues, secondValues));
  }

  /**
   * Holds the claim against a difference.
   *
   * @param difference the first less the second
   * @return the finding
   */
  public Finding test(PairedDifference difference) {
    return test(difference.mean(), difference.interval(CONFIDENCE));
  }

  /**
   * Holds the claim against a difference, such as that of a bootstrap.
   *
   * @param difference the mean difference, the first less the second
   * @param interval its confidence interval
   * @return the finding
   */
  public Finding test(double difference, ConfidenceInterval interval) {
    Verdict verdict = verdict(interval);
    String measured = "%s: %s".formatted(quantity, difference(difference, interval));
    return new Finding(measured + ending(verdict), verdict);
  }

  /**
   * The same by somebody else than the paper.
   *
   * @param newSource who says so
   * @return the claim
   */
  public Claim by(String newSource) {
    return new Claim(quantity, first, second, relation, margin, newSource);
  }

  private String difference(double difference, ConfidenceInterval interval) {
    double low = interval.lower();
    double high = interval.upper();
    if (low > 0) {
      return "%s is higher than %s by %s%s"
          .formatted(first, second, number(difference), range(low, high, interval));
    }
    if (high < 0) {
      return "%s is lower than %s by %s%s"
          .formatted(first, second, number(-difference), range(-high, -low, interval));
    }
    return "%s less %s is %s%s, which cannot be told from 0"
        .formatted(first, second, number(difference), range(low, high, interval));
  }

  private static String range(double low, double high, ConfidenceInterval interval) {
    String percent =
        BigDecimal.valueOf(100 * interval.confidence())
            .round(new MathContext(4))
            .stripTrailingZeros()
            .toPlainString();
    return " (%s %% interval %s to %s)".formatted(percent, number(low), number(high));
  }

  private Verdict verdict(ConfidenceInterval interval) {
    double low = relation == Relation.HIGHER ? 0 : Double.NEGATIVE_INFINITY;
    double high = relation == Relation.LOWER ? 0 : Double.POSITIVE_INFINITY;
    if (relation == Relation.SIMILAR) {
      low = -margin;
      high = margin;
    }
    if (interval.lower() > low && interval.upper() < high) {
      return Verdict.AGREES;
    }
    return interval.upper() <= low || interval.lower() >= high
        ? Verdict.DIFFERS
        : Verdict.UNDECIDED;
  }

  private String ending(Verdict verdict) {
    String claimed =
        relation == Relation.SIMILAR
            ? "%s (within %s)".formatted(relation.words, number(margin))
            : relation.words;
    return switch (verdict) {
      case AGREES -> "; this agrees with %s: %s.".formatted(source, claimed);
      case DIFFERS -> "; this differs from %s, which has it %s.".formatted(source, claimed);
      case UNDECIDED -> "; whether it is %s, as in %s, is not decided.".formatted(claimed, source);
    };
  }

  private static String number(double value) {
    return value == 0
        ? "0"
        : new BigDecimal(value).round(new MathContext(2)).toString().replace("E", "e");
  }
}
