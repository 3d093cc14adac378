package org.xgradient.attribution.axioms;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/**
 * What a check of axioms found.
 *
 * @param method the method, as it describes itself
 * @param findings one for each axiom asked for, in the order of {@link Axiom}
 */
public record AxiomReport(String method, ImmutableList<AxiomFinding> findings) {

  /** {@return whether all axioms hold} */
  public boolean holds() {
    return findings.stream().allMatch(AxiomFinding::holds);
  }

  /**
   * The finding of one axiom.
   *
   * @param axiom the axiom
   * @return the finding
   * @throws IllegalArgumentException if the axiom was not checked
   */
  public AxiomFinding of(Axiom axiom) {
    for (AxiomFinding finding : findings) {
      if (finding.axiom() == axiom) {
        return finding;
      }
    }
    throw new IllegalArgumentException("%s was not checked; ask for it".formatted(axiom.title()));
  }

  /**
   * Asserts that all axioms hold.
   *
   * @throws AssertionError if one does not; the message gives the largest violation of each that
   *     does not, and where it occurred
   */
  public void assertHolds() {
    if (!holds()) {
      throw new AssertionError(toString());
    }
  }

  /** The findings that do not hold, or else all; one a line. */
  @Override
  public String toString() {
    ImmutableList<AxiomFinding> broken =
        findings.stream()
            .filter(finding -> !finding.holds())
            .collect(ImmutableList.toImmutableList());
    return (broken.isEmpty() ? findings : broken)
        .stream()
            .map(AxiomFinding::toString)
            .collect(
                Collectors.joining(
                    "\n  ",
                    "%s satisfies %s of %s axioms:\n  "
                        .formatted(method, findings.size() - broken.size(), findings.size()),
                    ""));
  }
}
