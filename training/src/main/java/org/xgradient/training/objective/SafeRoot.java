package org.xgradient.training.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The square root with the gradient 0, and not infinity, at 0. */
final class SafeRoot {

  private SafeRoot() {}

  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> values) {
    var zeros = tf.zerosLike(values);
    var positive = tf.math.greater(values, zeros);
    // The inner choice keeps infinity out of the gradient, where the outer one would make it NaN.
    var safe = tf.select(positive, values, tf.onesLike(values));
    return tf.select(positive, tf.math.sqrt(safe), zeros);
  }
}
