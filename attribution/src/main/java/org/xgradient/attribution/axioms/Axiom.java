package org.xgradient.attribution.axioms;

/**
 * What an attribution \(A(F, x)\) of a function \(F\) at an input \(x\), counted from a baseline
 * \(x'\), may be asked to satisfy. The first six are those of Sundararajan et al. (2017) that FAA,
 * Table 1, compares methods by.
 */
public enum Axiom {
  /**
   * Where \(x\) and \(x'\) differ in one feature only and \(F(x) \ne F(x')\), that feature has an
   * attribution other than zero.
   */
  SENSITIVITY_A("sensitivity (a)"),

  /** A feature on which \(F\) does not depend has the attribution zero. */
  SENSITIVITY_B("sensitivity (b)"),

  /** Two networks that compute the same function have the same attributions. */
  IMPLEMENTATION_INVARIANCE("implementation invariance"),

  /** The attributions add up to \(F(x) - F(x')\). */
  COMPLETENESS("completeness"),

  /** \(A(a F + b G, x) = a A(F, x) + b A(G, x)\). */
  LINEARITY("linearity"),

  /**
   * Two features that may be swapped without a change of \(F\), and that have equal values in \(x\)
   * and in \(x'\), have the same attribution.
   */
  SYMMETRY("symmetry preservation"),

  /** \(A(F, \alpha x) = \alpha A(F, x)\) for every \(\alpha \ge 0\) (FAA, Def. 3.6). */
  HOMOGENEITY("nonnegative homogeneity");

  private final String title;

  Axiom(String title) {
    this.title = title;
  }

  /** {@return the name as it stands in text} */
  public String title() {
    return title;
  }
}
