package org.xgradient.experiments.decoy;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.image.DecoyMode;
import org.xgradient.data.image.DecoyShapes;
import org.xgradient.experiments.image.PixelMask;
import org.xgradient.graph.Target;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Priors;

/**
 * One way to train in a {@link DecoyStudy}.
 *
 * @param name the name in tables and pictures
 * @param biases whether the network has biases
 * @param cue the patch in the training images
 * @param prior the penalty on attributions, with its weight; empty for none
 */
public record DecoyArm(
    String name, boolean biases, DecoyMode cue, Optional<AttributionPrior> prior) {

  /** The X-network as it learns when it is left alone: from the cue. */
  public static final DecoyArm UNREGULARIZED =
      new DecoyArm("X-network, no prior", false, DecoyMode.ALIGNED, Optional.empty());

  /** The X-network with a prior on a random mix of all logits. */
  public static final DecoyArm MIXED =
      new DecoyArm(
          "X-Gradient prior on all logits, mixed",
          false,
          DecoyMode.ALIGNED,
          Optional.of(onCue(new XGradient(), Target.randomSigns(), 1)));

  /** The X-network with a prior on the logit of the label alone, which leaves the others free. */
  public static final DecoyArm LABEL_ONLY =
      new DecoyArm(
          "X-Gradient prior on the label's logit",
          false,
          DecoyMode.ALIGNED,
          Optional.of(onCue(new XGradient(), Target.label(), 10)));

  /** The network with biases, left alone. */
  public static final DecoyArm REGULAR =
      new DecoyArm("with biases, no prior", true, DecoyMode.ALIGNED, Optional.empty());

  /** The network with biases with a prior on Expected Gradients with one reference. */
  public static final DecoyArm EXPECTED_GRADIENTS =
      new DecoyArm(
          "with biases, EG(1) prior on all logits, mixed",
          true,
          DecoyMode.ALIGNED,
          Optional.of(
              onCue(
                  new ExpectedGradients(ReferenceDistribution.batch(), 1),
                  Target.randomSigns(),
                  1)));

  /** The X-network that never saw a cue: what the priors can hope for. */
  public static final DecoyArm WITHOUT_CUE =
      new DecoyArm("X-network, trained without the cue", false, DecoyMode.CLEAN, Optional.empty());

  /** All of them. */
  public static final ImmutableList<DecoyArm> ALL =
      ImmutableList.of(UNREGULARIZED, MIXED, LABEL_ONLY, REGULAR, EXPECTED_GRADIENTS, WITHOUT_CUE);

  /**
   * The prior of Ross, Hughes and Doshi-Velez (2017) on the pixels of the cue.
   *
   * @param method what computes the attributions
   * @param target which output they explain
   * @param weight the weight of the prior, at least 0
   * @return the prior
   */
  public static AttributionPrior onCue(AttributionMethod method, Target target, double weight) {
    return new AttributionPrior(
        method, target, Priors.mask(PixelMask.ofChannels(DecoyShapes.decoyMask(), 3)), weight);
  }
}
