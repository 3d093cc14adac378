package org.xgradient.training;

import com.google.common.collect.ImmutableList;

/**
 * What training makes small: the mean task loss over the batch plus weighted attribution priors,
 * {@code 1/B Σ_b ℓ(F(x_b), y_b) + Σ_p λ_p Ω_p(A_p)} (FAA, Eq. 1).
 *
 * @param loss the task loss {@code ℓ}
 * @param priors the priors
 */
public record Objective(Loss loss, ImmutableList<AttributionPrior> priors) {

  /**
   * An objective.
   *
   * @param loss the task loss
   * @param priors the priors, or none
   * @return the objective
   */
  public static Objective of(Loss loss, AttributionPrior... priors) {
    return new Objective(loss, ImmutableList.copyOf(priors));
  }
}
