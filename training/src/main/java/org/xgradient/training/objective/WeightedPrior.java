package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;

/** A prior {@code λ Ω} of an objective: on attributions, or on outputs. */
public sealed interface WeightedPrior permits AttributionPrior, PriorByExample {

  /** {@return the weight {@code λ}, at least 0 and finite} */
  double weight();

  /**
   * The same with another weight.
   *
   * @param weight the weight, at least 0 and finite
   * @return the prior
   * @throws IllegalArgumentException if the weight is negative or not finite
   */
  WeightedPrior withWeight(double weight);

  /**
   * Adds the operations that compute the penalty {@code Ω} of a batch.
   *
   * @param pass the forward pass of the batch, with labels where the prior asks for them
   * @return the penalty without its weight, a scalar
   * @throws IllegalArgumentException if the prior does not apply to the model
   */
  Operand<TFloat32> penalty(ForwardPass pass);

  /** Checks a weight. */
  static void checkWeight(double weight) {
    checkArgument(
        weight >= 0 && Double.isFinite(weight),
        "the weight of a prior must be at least 0 and finite, found %s",
        weight);
  }
}
