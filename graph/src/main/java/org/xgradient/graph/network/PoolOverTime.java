package org.xgradient.graph.network;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.types.TFloat32;

/**
 * The maximum or the mean of each channel over the steps of a sequence, of shape {@code
 * [channels]}; homogeneous.
 *
 * <p>Steps that the mode says are padding are left out, whatever they hold; of a sequence without
 * any other step the result is zero. Where several steps have the maximum, each takes an equal
 * share of the gradient.
 *
 * @param kind which
 */
public record PoolOverTime(Kind kind) implements Layer {

  /** What is taken over the steps. */
  public enum Kind {
    /** The maximum. */
    MAX,
    /** The mean. */
    MEAN
  }

  /** {@return the maximum over time} */
  public static PoolOverTime max() {
    return new PoolOverTime(Kind.MAX);
  }

  /** {@return the mean over time} */
  public static PoolOverTime mean() {
    return new PoolOverTime(Kind.MEAN);
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    Conv1d.checkSequence(input);
    return ImmutableIntArray.of(input.get(1));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    var tf = scope.ops();
    var time = tf.constant(1);
    var present = scope.mode().present(tf, inputs);
    if (present.isEmpty()) {
      return kind == Kind.MAX ? tf.reduceMax(inputs, time) : tf.math.mean(inputs, time);
    }
    var kept = tf.math.mul(inputs, present.get());
    return kind == Kind.MAX
        ? tf.reduceMax(leastWhereAbsent(tf, kept, present.get()), time)
        : tf.math.div(
            tf.reduceSum(kept, time),
            tf.math.maximum(tf.reduceSum(present.get(), time), tf.constant(1f)));
  }

  /**
   * Puts the least value of each channel where a step is absent, at most that of every present one:
   * a constant such as -∞ would not scale with the inputs.
   */
  private static Operand<TFloat32> leastWhereAbsent(
      Ops tf, Operand<TFloat32> kept, Operand<TFloat32> present) {
    var least = tf.reduceMin(kept, tf.constant(1), ReduceMin.keepDims(true));
    var absent = tf.math.sub(tf.constant(1f), present);
    return tf.math.add(kept, tf.math.mul(least, absent));
  }
}
