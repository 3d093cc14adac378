package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.xgradient.attribution.Baseline;

/**
 * What {@link Infidelity} takes away from inputs: {@code I}, where the perturbed input is {@code x
 * - I}; an interface where users plug in their own.
 */
@FunctionalInterface
public interface Perturbation {

  /**
   * Adds the operations that draw a perturbation of each input.
   *
   * @param tf the operations of the graph
   * @param inputs the inputs, of shape {@code [batch, ...]}
   * @param seed what to draw from, of shape {@code [2]}
   * @return the perturbations {@code I}, of the shape of {@code inputs}
   */
  Operand<TFloat32> of(Ops tf, Operand<TFloat32> inputs, Operand<TInt64> seed);

  /**
   * Normal noise: tells how well attributions predict small changes.
   *
   * @param deviation the standard deviation, positive, in the unit of the inputs
   * @return the perturbation
   * @throws IllegalArgumentException if the deviation is not positive
   */
  static Perturbation noise(double deviation) {
    checkArgument(deviation > 0, "the standard deviation must be positive, found %s", deviation);
    return (tf, inputs, seed) ->
        tf.math.mul(
            tf.random.statelessRandomNormal(tf.shape(inputs), seed),
            tf.constant((float) deviation));
  }

  /**
   * The difference from a noisy baseline (Yeh et al. 2019, Sec. 2): tells how well attributions
   * predict what happens when all features are taken away.
   *
   * @param baseline the baseline
   * @param deviation the standard deviation of the normal noise on it, at least 0, in the unit of
   *     the inputs
   * @return the perturbation
   * @throws IllegalArgumentException if the deviation is negative
   */
  static Perturbation towards(Baseline baseline, double deviation) {
    checkArgument(deviation >= 0, "the standard deviation must be at least 0, found %s", deviation);
    return (tf, inputs, seed) -> {
      var difference = tf.math.sub(inputs, baseline.of(tf, inputs));
      var noise =
          tf.math.mul(
              tf.random.statelessRandomNormal(tf.shape(inputs), seed),
              tf.constant((float) deviation));
      return tf.math.sub(difference, noise);
    };
  }
}
