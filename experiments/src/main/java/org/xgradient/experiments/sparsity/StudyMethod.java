package org.xgradient.experiments.sparsity;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.RrrGradient;
import org.xgradient.attribution.XGradient;
import org.xgradient.training.objective.Prior;
import org.xgradient.training.objective.Priors;

/**
 * A way to train, as a configuration names it.
 *
 * @param name the name in tables and figures; that of a published value is compared with it
 * @param attribution what the prior is about
 * @param points for Expected Gradients the number of references of a row in a step, for Integrated
 *     Gradients that of the steps; 1 for the others
 * @param prior the prior
 * @param biases whether the network has biases
 */
public record StudyMethod(
    String name, Attribution attribution, int points, PriorName prior, boolean biases) {

  /** An attribution method. */
  public enum Attribution {
    /** None: training on the task alone. */
    NONE,
    /** X-Gradient, for networks without biases. */
    XG,
    /** Expected Gradients; the references are the training rows, in a new order in each step. */
    EG,
    /** The gradient. */
    GRAD,
    /** The gradient of the summed log-probabilities. */
    RRR,
    /** The input times the gradient. */
    IXG,
    /** Integrated Gradients from the zero baseline. */
    IG
  }

  /** A prior that has no parameters but its weight. */
  public enum PriorName {
    /** None. */
    NONE,
    /** Sparsity: {@link Priors#gini()}. */
    GINI,
    /** {@link Priors#l1()}. */
    L1,
    /** {@link Priors#l2()}. */
    L2
  }

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException if there is a prior without attribution or the other way
   *     round, fewer than 1 point, or X-Gradient with biases
   */
  public StudyMethod {
    checkArgument(!name.isBlank(), "\"name\" must not be empty");
    checkArgument(
        (attribution == Attribution.NONE) == (prior == PriorName.NONE),
        "method \"%s\" must have both \"attribution\" and \"prior\", or none for both",
        name);
    checkArgument(
        points >= 1, "\"points\" of method \"%s\" must be at least 1, found %s", name, points);
    checkArgument(
        attribution != Attribution.XG || !biases,
        "method \"%s\" must have \"biases\": false, because X-Gradient needs a network without",
        name);
  }

  /** {@return whether it has a prior, and so needs a weight} */
  public boolean isRegularized() {
    return prior != PriorName.NONE;
  }

  /** {@return what a study trains} */
  public Arm arm() {
    return isRegularized()
        ? Arm.regularized(name, biases, attributionMethod(), penalty())
        : Arm.unregularized(name, biases);
  }

  private AttributionMethod attributionMethod() {
    return switch (attribution) {
      case NONE -> throw new IllegalStateException("there is no attribution without a prior");
      case XG -> new XGradient();
      case EG -> new ExpectedGradients(ReferenceDistribution.batch(), points);
      case GRAD -> new Gradient();
      case RRR -> new RrrGradient();
      case IXG -> new InputXGradient();
      case IG -> new IntegratedGradients(Baseline.zero(), Quadrature.gaussLegendre(points));
    };
  }

  private Prior penalty() {
    return switch (prior) {
      case NONE -> throw new IllegalStateException("there is no penalty without a prior");
      case GINI -> Priors.gini();
      case L1 -> Priors.l1();
      case L2 -> Priors.l2();
    };
  }
}
