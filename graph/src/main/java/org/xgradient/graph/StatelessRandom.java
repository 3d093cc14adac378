package org.xgradient.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Random operands that are pure functions of a seed.
 *
 * <p>A resumed run that feeds the same seed draws what an uninterrupted run would have drawn.
 */
public final class StatelessRandom {

  private StatelessRandom() {}

  /**
   * Draws from the uniform distribution on {@code [0, 1)}.
   *
   * @param tf the operations of the graph
   * @param seed the seed, of shape {@code [2]}
   * @param purpose what the numbers are for; draws for different purposes are independent
   * @param shape the shape of the result
   * @return the numbers, of that shape
   */
  public static Operand<TFloat32> uniform(
      Ops tf, Operand<TInt64> seed, String purpose, Operand<TInt32> shape) {
    return tf.random.statelessRandomUniform(shape, salted(tf, seed, purpose));
  }

  /**
   * Draws integers from the uniform distribution on {@code [0, bound)}.
   *
   * @param tf the operations of the graph
   * @param seed the seed, of shape {@code [2]}
   * @param purpose what the numbers are for; draws for different purposes are independent
   * @param shape the shape of the result
   * @param bound the exclusive bound, a positive scalar
   * @return the numbers, of that shape
   */
  public static Operand<TInt32> uniformInt(
      Ops tf, Operand<TInt64> seed, String purpose, Operand<TInt32> shape, Operand<TInt32> bound) {
    return tf.random.statelessRandomUniformInt(
        shape, salted(tf, seed, purpose), tf.constant(0), bound);
  }

  private static Operand<TInt64> salted(Ops tf, Operand<TInt64> seed, String purpose) {
    // FNV-1a, because String.hashCode leaves too many high bits unset for a salt.
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * 0x100000001b3L;
    }
    return tf.math.add(seed, tf.constant(new long[] {0, hash}));
  }
}
