package org.xgradient.attribution.axioms;

/**
 * What an attribution {@code A(F, x)} of a function {@code F} at an input {@code x}, counted from a
 * baseline {@code x'}, may be asked to satisfy. The first six are those of Sundararajan et al.
 * (2017) that FAA, Table 1, compares methods by.
 */
public enum Axiom {
  /**
   * Where {@code x} and {@code x'} differ in one feature only and {@code F(x) ≠ F(x')}, that
   * feature has an attribution other than zero.
   */
  SENSITIVITY_A("sensitivity (a)"),

  /** A feature on which {@code F} does not depend has the attribution zero. */
  SENSITIVITY_B("sensitivity (b)"),

  /** Two networks that compute the same function have the same attributions. */
  IMPLEMENTATION_INVARIANCE("implementation invariance"),

  /** The attributions add up to {@code F(x) - F(x')}. */
  COMPLETENESS("completeness"),

  /** {@code A(a F + b G, x) = a A(F, x) + b A(G, x)}. */
  LINEARITY("linearity"),

  /**
   * Two features that may be swapped without a change of {@code F}, and that have equal values in
   * {@code x} and in {@code x'}, have the same attribution.
   */
  SYMMETRY("symmetry preservation"),

  /** {@code A(F, α x) = α A(F, x)} for every {@code α ≥ 0} (FAA, Def. 3.6). */
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
