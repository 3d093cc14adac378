package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.Optional;
import org.xgradient.data.Dataset;
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
public record Objective(Loss loss, ImmutableList<WeightedPrior> priors, Optional<Mixup> mixup) {

  /**
   * An objective of examples as they are.
   *
   * @param loss the task loss
   * @param priors the priors, or none
   */
  public Objective(Loss loss, ImmutableList<WeightedPrior> priors) {
    this(loss, priors, Optional.empty());
  }

  /**
   * An objective of examples as they are.
   *
   * @param loss the task loss
   * @param priors the priors, or none
   * @return the objective
   */
  public static Objective of(Loss loss, WeightedPrior... priors) {
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

  /**
   * The usual objective of a data set: the loss of its task, and priors.
   *
   * @param data the data
   * @param priors the priors, or none
   * @return the objective
   */
  public static Objective of(Dataset data, WeightedPrior... priors) {
    return of(Loss.of(data.task()), priors);
  }

  /**
   * The same with other weights of the priors.
   *
   * @param weights a weight for each prior, each at least 0 and finite
   * @return the objective
   * @throws IllegalArgumentException if there is not one for each prior, or one is negative or not
   *     finite
   */
  public Objective withPriorWeights(double... weights) {
    checkArgument(
        weights.length == priors.size(),
        "there must be a weight for each of the %s priors of the objective, found %s",
        priors.size(),
        Arrays.toString(weights));
    ImmutableList.Builder<WeightedPrior> weighted = ImmutableList.builder();
    for (int i = 0; i < weights.length; i++) {
      weighted.add(priors.get(i).withWeight(weights[i]));
    }
    return new Objective(loss, weighted.build(), mixup);
  }

  /**
   * What a prior keeps the model from, if there is one that does.
   *
   * @return what the first such prior masks
   */
  public Optional<Masked> masked() {
    for (WeightedPrior prior : priors) {
      if (prior instanceof IndependencePrior independence) {
        return Optional.of(new MaskedFeatures(independence.mask()));
      }
      if (prior instanceof AttributionPrior ofAttributions
          && ofAttributions.prior() instanceof MaskPrior mask) {
        return Optional.of(new MaskedFeatures(mask.mask()));
      }
      if (prior instanceof WordReplacementPrior replacement) {
        return Optional.of(new MaskedWords(replacement.words()));
      }
      if (prior instanceof WordMaskPrior mask) {
        return Optional.of(new MaskedWords(mask.words()));
      }
    }
    return Optional.empty();
  }

  /** {@return the weight of each prior} */
  public ImmutableDoubleArray priorWeights() {
    return ImmutableDoubleArray.copyOf(priors.stream().mapToDouble(WeightedPrior::weight));
  }
}
