package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableList;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.experiments.sparsity.Arm;
import org.xgradient.training.objective.Priors;

/** The four kinds of training that the demo compares. */
final class DemoArms {

  /** The weight that the paper chose for both priors (FAA, App. B.3). */
  static final double LAMBDA = 1;

  static final Arm REGULAR = Arm.unregularized("(a) regular network", true);
  static final Arm HOMOGENEOUS = Arm.unregularized("(b) X-DNN: the same without biases", false);
  static final Arm X_GRADIENT =
      Arm.regularized("(c) X-DNN + prior on X-Gradient", false, new XGradient(), Priors.gini());
  static final Arm EXPECTED_GRADIENTS =
      Arm.regularized(
          "(d) regular + prior on EG(1)",
          true,
          new ExpectedGradients(ReferenceDistribution.batch(), 1),
          Priors.gini());

  static final ImmutableList<Arm> ALL =
      ImmutableList.of(REGULAR, HOMOGENEOUS, X_GRADIENT, EXPECTED_GRADIENTS);

  private DemoArms() {}
}
