package org.xgradient.experiments.sparsity;

import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.training.objective.Prior;

/**
 * One way to train in a study.
 *
 * @param name the name in tables and pictures
 * @param biases whether the network has biases
 * @param regularizer what keeps its attributions in check; empty for none
 */
public record Arm(String name, boolean biases, Optional<Regularizer> regularizer) {

  /**
   * An attribution prior without its weight.
   *
   * @param method what computes the attributions
   * @param prior the penalty
   */
  public record Regularizer(AttributionMethod method, Prior prior) {}

  /**
   * Training on the task alone.
   *
   * @param name the name
   * @param biases whether the network has biases
   * @return the arm
   */
  public static Arm unregularized(String name, boolean biases) {
    return new Arm(name, biases, Optional.empty());
  }

  /**
   * Training with a prior.
   *
   * @param name the name
   * @param biases whether the network has biases
   * @param method what computes the attributions
   * @param prior the penalty
   * @return the arm
   */
  public static Arm regularized(
      String name, boolean biases, AttributionMethod method, Prior prior) {
    return new Arm(name, biases, Optional.of(new Regularizer(method, prior)));
  }
}
