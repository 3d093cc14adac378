package org.xgradient.training.step;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.training.objective.PriorByExample;
import org.xgradient.training.optimizer.Slots;

/**
 * A prior by example of some examples of a batch, such as a demand of independence. It is a mean
 * over the examples, so that its parts add up as those of the task loss do.
 *
 * @param index which prior of its objective it is
 * @param weight fed with its weight
 * @param penalty the share of these examples in the penalty of the batch, a scalar
 * @param weighted that times the weight
 */
record PartialIndependence(
    int index,
    Placeholder<TFloat32> weight,
    Operand<TFloat32> penalty,
    Operand<TFloat32> weighted) {

  /** With the scale that one example has in the batch. */
  static PartialIndependence of(
      Ops tf, ForwardPass pass, PriorByExample prior, Operand<TFloat32> scale, int index) {
    var weight = Slots.scalar(tf, "prior_weight");
    var sum = tf.reduceSum(prior.perExample(pass), tf.constant(0));
    var penalty = tf.math.mul(scale, sum);
    return new PartialIndependence(index, weight, penalty, tf.math.mul(weight, penalty));
  }
}
