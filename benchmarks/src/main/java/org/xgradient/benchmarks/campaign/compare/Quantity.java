package org.xgradient.benchmarks.campaign.compare;

import com.google.common.collect.ImmutableList;

/** What is compared. */
enum Quantity {
  LOGITS,
  GRADIENT,
  X_GRADIENT,
  INTEGRATED_GRADIENTS,
  EXPECTED_GRADIENTS,
  /** The gradient of the explained output by the weights. */
  BY_WEIGHTS,
  /** The gradient of that and a prior by the weights: second derivatives of the network. */
  PRIOR_BY_WEIGHTS;

  /** Those on which a prior may be. */
  static final ImmutableList<Quantity> METHODS =
      ImmutableList.of(X_GRADIENT, INTEGRATED_GRADIENTS, EXPECTED_GRADIENTS);

  /** {@return whether it takes parameters to compute it, which constants are not} */
  boolean isByWeights() {
    return this == BY_WEIGHTS || this == PRIOR_BY_WEIGHTS;
  }
}
