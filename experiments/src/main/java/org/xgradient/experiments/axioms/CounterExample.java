package org.xgradient.experiments.axioms;

import org.xgradient.attribution.axioms.AxiomFinding;

/**
 * A function and an input at which a method violates an axiom.
 *
 * @param function the function, as in {@code f(x) = 1 - ReLU(1 - x)}
 * @param input the input and what attributions count from
 * @param finding the violation; for a method that draws at random, that of the worst of some draws
 */
public record CounterExample(String function, String input, AxiomFinding finding) {

  @Override
  public String toString() {
    return "%s, %s: %s".formatted(function, input, finding.statement());
  }
}
