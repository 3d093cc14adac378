package org.xgradient.attribution.axioms;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Checks of axioms on some rows; made by {@link Axioms#on}. */
public final class AxiomCheck {

  private final AxiomSubject subject;
  private final Tolerances tolerances;

  AxiomCheck(AxiomSubject subject, Tolerances tolerances) {
    this.subject = subject;
    this.tolerances = tolerances;
  }

  /**
   * Checks axioms.
   *
   * @param axioms the axioms; none for all
   * @return what was found, whether they hold or not
   * @throws IllegalArgumentException if the method does not apply to the model, or an axiom can't
   *     be checked: sensitivity (a) needs a single baseline, symmetry preservation two features
   *     with the same baseline; the message says so
   */
  public AxiomReport check(Axiom... axioms) {
    Set<Axiom> chosen = EnumSet.allOf(Axiom.class);
    if (axioms.length > 0) {
      chosen.retainAll(Arrays.asList(axioms));
    }
    ImmutableList.Builder<AxiomFinding> findings = ImmutableList.builder();
    for (Axiom axiom : chosen) {
      findings.add(compare(axiom).finding(tolerances.of(axiom)));
    }
    return new AxiomReport(subject.workbench().method().toString(), findings.build());
  }

  /**
   * Asserts that axioms hold.
   *
   * @param axioms the axioms; none for all
   * @throws AssertionError if one does not; the message gives the largest violation of each that
   *     does not, and where it occurred
   * @throws IllegalArgumentException as {@link #check} does
   */
  public void assertHolds(Axiom... axioms) {
    check(axioms).assertHolds();
  }

  private VariantComparison compare(Axiom axiom) {
    return switch (axiom) {
      case SENSITIVITY_A -> OutputChecks.sensitivityA(subject);
      case COMPLETENESS -> OutputChecks.completeness(subject);
      case SENSITIVITY_B -> VariantChecks.sensitivityB(subject);
      case IMPLEMENTATION_INVARIANCE -> VariantChecks.implementationInvariance(subject);
      case LINEARITY -> VariantChecks.linearity(subject);
      case SYMMETRY -> SymmetryCheck.symmetry(subject);
      case HOMOGENEITY -> VariantChecks.homogeneity(subject);
    };
  }
}
