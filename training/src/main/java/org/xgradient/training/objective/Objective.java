package org.xgradient.training.objective;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.xgradient.data.image.Mixup;

/**
 * What training makes small: the mean task loss over the batch plus weighted attribution priors,
 * {@code 1/B Σ_b ℓ(F(x_b), y_b) + Σ_p λ_p Ω_p(A_p)} (FAA, Eq. 1).
 *
 * @param loss the task loss {@code ℓ}
 * @param priors the priors
 * @param mixup how the examples of a batch are mixed, and with them their losses; a prior on the
 *     logit of the label then takes the label that counts with the weight
 */
public record Objective(Loss loss, ImmutableList<AttributionPrior> priors, Optional<Mixup> mixup) {

  /**
   * An objective of examples as they are.
   *
   * @param loss the task loss
   * @param priors the priors, or none
   */
  public Objective(Loss loss, ImmutableList<AttributionPrior> priors) {
    this(loss, priors, Optional.empty());
  }

  /**
   * An objective of examples as they are.
   *
   * @param loss the task loss
   * @param priors the priors, or none
   * @return the objective
   */
  public static Objective of(Loss loss, AttributionPrior... priors) {
    return new Objective(loss, ImmutableList.copyOf(priors));
  }

  /**
   * The same of mixed examples.
   *
   * @param mixup how the examples of a batch are mixed
   * @return the objective
   */
  public Objective withMixup(Mixup mixup) {
    return new Objective(loss, priors, Optional.of(mixup));
  }
}
