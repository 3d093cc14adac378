package org.xgradient.graph.homogeneity.rules;

/** How the outputs of one type of operation scale, given how its inputs do. */
@FunctionalInterface
interface ScalingRule {

  /**
   * Applies the rule.
   *
   * @param operation the operation, at least one of whose inputs is not invariant
   * @return how its outputs scale
   */
  Verdict apply(ScaledOperation operation);
}
