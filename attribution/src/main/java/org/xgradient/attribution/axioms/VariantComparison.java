package org.xgradient.attribution.axioms;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects comparisons of what an axiom wants to be equal, and keeps the worst one. */
final class VariantComparison {

  private final Axiom axiom;
  private final String nothingToCompare;
  private double largestValue;
  private int comparisons;
  private @Nullable Pair worst;
  private Supplier<String> statement = () -> "";

  /**
   * Starts a collection.
   *
   * @param axiom the axiom
   * @param nothingToCompare what to say should there be no comparison
   */
  VariantComparison(Axiom axiom, String nothingToCompare) {
    this.axiom = axiom;
    this.nothingToCompare = nothingToCompare;
  }

  /**
   * What an axiom demands in one place, and what was found.
   *
   * @param row the row
   * @param feature the feature; empty for one of the whole row
   * @param expected what the axiom demands
   * @param found what there was
   * @param difference how far the two are apart
   */
  record Pair(int row, OptionalInt feature, double expected, double found, double difference) {
    static Pair ofFeature(int row, int feature, double expected, double found) {
      double difference = Math.abs(expected - found);
      return new Pair(row, OptionalInt.of(feature), expected, found, difference);
    }

    static Pair ofRow(int row, double expected, double found) {
      return new Pair(row, OptionalInt.empty(), expected, found, Math.abs(expected - found));
    }

    /** A number even where a value is not finite. */
    double comparable() {
      return Double.isFinite(difference) ? difference : Double.POSITIVE_INFINITY;
    }
  }

  /**
   * Takes a comparison.
   *
   * @param pair what is compared
   * @param inWords what it means; asked for only if it is the worst
   */
  void add(Pair pair, Supplier<String> inWords) {
    comparisons++;
    seen(pair.expected());
    seen(pair.found());
    if (worst == null || pair.comparable() > worst.comparable()) {
      worst = pair;
      statement = inWords;
    }
  }

  /** Takes a value into account by which differences are measured, without comparing it. */
  void seen(double value) {
    if (Double.isFinite(value)) {
      largestValue = Math.max(largestValue, Math.abs(value));
    }
  }

  /**
   * The result.
   *
   * @param tolerance the violation up to which the axiom counts as holding
   * @return the finding
   * @throws IllegalArgumentException if nothing was compared
   */
  AxiomFinding finding(Tolerances.Tolerance tolerance) {
    Pair place = worst;
    checkArgument(place != null, "%s can't be checked here: %s", axiom.title(), nothingToCompare);
    double violation = place.comparable() == 0 ? 0 : place.comparable() / largestValue;
    return new AxiomFinding(
        axiom,
        violation,
        tolerance.value(),
        tolerance.reason(),
        comparisons,
        place.row(),
        place.feature(),
        place.expected(),
        place.found(),
        statement.get());
  }
}
