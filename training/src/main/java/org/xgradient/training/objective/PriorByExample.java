package org.xgradient.training.objective;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;

/** A prior that is a mean over examples, so that parts of a batch add up. */
public sealed interface PriorByExample extends WeightedPrior
    permits IndependencePrior, WordMaskPrior, WordReplacementPrior {

  /**
   * Adds the operations that compute the penalty of each example.
   *
   * @param pass the forward pass of the batch
   * @return the penalties without the weight, of shape {@code [batch]}
   * @throws IllegalArgumentException if the prior does not apply to the model
   */
  Operand<TFloat32> perExample(ForwardPass pass);

  /** {@return for each example, how many further passes the penalty takes} */
  int passes();

  @Override
  default Operand<TFloat32> penalty(ForwardPass pass) {
    return pass.ops().math.mean(perExample(pass), pass.ops().constant(0));
  }
}
