package org.xgradient.experiments;

/**
 * What results say about a claim of the paper.
 *
 * @param sentence the finding in words, computed from the numbers
 * @param verdict the finding in short
 */
public record Finding(String sentence, Verdict verdict) {

  /** Whether results bear out a claim. */
  public enum Verdict {
    /** The whole confidence interval is where the paper says. */
    AGREES,
    /** None of the confidence interval is where the paper says. */
    DIFFERS,
    /** Some of the confidence interval is; more repetitions would tell. */
    UNDECIDED
  }
}
