package org.xgradient.training;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What came of several weights of the priors, and which was taken.
 *
 * @param rule what chose among them
 * @param points the weights that were tried, in increasing order, the first one 0
 * @param chosen the index of the one taken
 * @param leftOut what came of a training without the features that the objective masks; empty where
 *     it masks none
 */
public record LambdaPath(
    LambdaRule rule, ImmutableList<LambdaPoint> points, int chosen, Optional<LambdaPoint> leftOut) {

  /** {@return what came of the weight that was taken; the model has its parameters} */
  public LambdaPoint best() {
    return points.get(chosen);
  }

  /** {@return what came without the priors} */
  public LambdaPoint without() {
    return points.get(0);
  }

  /** {@return whether the weight that was taken keeps what the priors were asked for} */
  public boolean isKept() {
    return rule.isKept(best());
  }
}
