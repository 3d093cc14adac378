package org.xgradient.attribution.axioms;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * How far an axiom is from holding, and where it is farthest.
 *
 * @param axiom the axiom
 * @param violation the largest distance between what should be equal, divided by the largest
 *     absolute value compared; 0 if all is equal, infinite if a value is not finite
 * @param tolerance the violation up to which the axiom counts as holding
 * @param reason what the tolerance allows for
 * @param comparisons the number of comparisons, at least 1
 * @param row the row of the largest violation
 * @param feature its feature, an index in the flattened row; empty if it is one of the whole row
 * @param expected what the axiom demands there
 * @param found what there was
 * @param statement what was found there, in words
 */
public record AxiomFinding(
    Axiom axiom,
    double violation,
    double tolerance,
    String reason,
    int comparisons,
    int row,
    OptionalInt feature,
    double expected,
    double found,
    String statement) {

  /** {@return whether the axiom holds, up to the tolerance} */
  public boolean holds() {
    return violation <= tolerance;
  }

  /** {@return the absolute distance between what was found and what the axiom demands} */
  public double difference() {
    return Math.abs(found - expected);
  }

  /** {@return the place of the largest violation, as in {@code row 3, feature 2}} */
  public String where() {
    return "row " + row + (feature.isPresent() ? ", feature " + feature.getAsInt() : "");
  }

  @Override
  public String toString() {
    return holds()
        ? String.format(
            Locale.ROOT,
            "%s holds: largest violation %.3g, tolerance %.3g",
            axiom.title(),
            violation,
            tolerance)
        : String.format(
            Locale.ROOT,
            "%s does not hold, in %s: %s; the violation is %.3g, the tolerance %.3g (%s)",
            axiom.title(),
            where(),
            statement,
            violation,
            tolerance,
            reason);
  }
}
