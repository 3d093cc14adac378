package org.xgradient.training.objective;

import com.google.common.primitives.Ints;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;

/**
 * One attribution prior of an objective: {@code λ Ω(A)}.
 *
 * @param method what computes the attributions {@code A}
 * @param target which output they explain
 * @param prior the penalty {@code Ω}
 * @param weight the weight {@code λ}, at least 0 and finite
 */
public record AttributionPrior(AttributionMethod method, Target target, Prior prior, double weight)
    implements WeightedPrior {

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public AttributionPrior {
    WeightedPrior.checkWeight(weight);
  }

  /**
   * A prior on the usual output: the logit of the label, or the only output.
   *
   * @param method what computes the attributions
   * @param prior the penalty
   * @param weight the weight, at least 0 and finite
   * @return the prior
   * @throws IllegalArgumentException if the weight is negative or not finite
   */
  public static AttributionPrior of(AttributionMethod method, Prior prior, double weight) {
    return new AttributionPrior(method, Target.label(), prior, weight);
  }

  @Override
  public AttributionPrior withWeight(double other) {
    return new AttributionPrior(method, target, prior, other);
  }

  @Override
  public Operand<TFloat32> penalty(ForwardPass pass) {
    Ops tf = pass.ops();
    var attributions = method.attribute(pass, target);
    return prior.penalty(tf, withShape(tf, pass, attributions));
  }

  /** Says the shape that a method may have lost on the way. */
  public static Operand<TFloat32> withShape(
      Ops tf, ForwardPass pass, Operand<TFloat32> attributions) {
    int[] example = pass.model().inputShape().toArray();
    int[] batch = Ints.concat(new int[] {-1}, example);
    return tf.reshape(attributions, tf.constant(batch));
  }
}
