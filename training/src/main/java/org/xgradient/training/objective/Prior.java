package org.xgradient.training.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A penalty {@code Ω(A)} on the attributions of a batch; an interface where users plug in their
 * own. {@link Priors} has those of the literature.
 */
@FunctionalInterface
public interface Prior {

  /**
   * Adds the operations that compute the penalty. They must have gradients.
   *
   * @param tf the operations of the graph
   * @param attributions the attributions, of shape {@code [batch, ...]}, all dimensions but the
   *     first known
   * @return the penalty, a scalar
   * @throws IllegalArgumentException if the prior does not apply to attributions of that shape
   */
  Operand<TFloat32> penalty(Ops tf, Operand<TFloat32> attributions);
}
