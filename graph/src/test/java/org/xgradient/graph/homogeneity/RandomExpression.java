package org.xgradient.graph.homogeneity;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;

/**
 * Any expression of one operand and a few constants, built without a thought of degrees: some are
 * homogeneous by luck, most are not.
 */
final class RandomExpression {

  private final Ops tf;
  private final DataRandom random;
  private final int width;

  RandomExpression(Ops tf, DataRandom random, int width) {
    this.tf = tf;
    this.random = random;
    this.width = width;
  }

  Operand<TFloat32> of(Operand<TFloat32> x, int operations) {
    List<Operand<TFloat32>> values = new ArrayList<>();
    values.add(x);
    for (int i = 0; i < operations; i++) {
      Operand<TFloat32> latest = values.get(values.size() - 1);
      values.add(random.nextInt(2) == 0 ? unary(latest) : binary(latest, other(values)));
    }
    return values.get(values.size() - 1);
  }

  private Operand<TFloat32> other(List<Operand<TFloat32>> values) {
    return random.nextInt(3) == 0 ? constant() : values.get(random.nextInt(values.size()));
  }

  private Operand<TFloat32> constant() {
    float[] numbers = new float[width];
    int kind = random.nextInt(3);
    for (int i = 0; i < width; i++) {
      numbers[i] = kind == 0 ? 0 : kind == 1 ? 1 : (float) random.nextGaussian();
    }
    return tf.constant(numbers);
  }

  private Operand<TFloat32> unary(Operand<TFloat32> x) {
    return switch (random.nextInt(18)) {
      case 0, 1 -> tf.nn.relu(x);
      case 2 -> tf.math.abs(x);
      case 3 -> tf.math.neg(x);
      case 4 -> tf.math.square(x);
      case 5 -> tf.math.sqrt(tf.math.abs(x));
      case 6 -> tf.math.sign(x);
      case 7 -> tf.reduceSum(x, tf.constant(1), ReduceSum.keepDims(true));
      case 8 -> tf.reverse(x, tf.constant(new int[] {1}));
      case 9 -> tf.math.pow(tf.math.abs(x), tf.constant(1.5f));
      case 10 -> tf.math.tanh(x);
      case 11 -> tf.nn.softmax(x);
      case 12 -> tf.onesLike(x);
      case 13 -> tf.math.pow(tf.math.abs(x), tf.constant(1 / 3f));
      case 14 -> tf.reshape(x, tf.shape(tf.math.add(x, tf.constant(1f))));
      case 15 -> masked(x);
      case 16 -> RawOperation.add(tf, "ReluGrad", x, tf.reverse(x, tf.constant(new int[] {1})));
      default -> tf.math.cumsum(x, tf.constant(1));
    };
  }

  /** The largest of some, with all others at minus infinity. */
  private Operand<TFloat32> masked(Operand<TFloat32> x) {
    boolean[] mask = new boolean[width];
    for (int i = 0; i < width; i++) {
      mask[i] = i == 0 || random.nextInt(2) == 0;
    }
    var lowest = tf.fill(tf.shape(x), tf.constant(Float.NEGATIVE_INFINITY));
    return tf.reduceMax(
        tf.select(tf.constant(mask), x, lowest), tf.constant(1), ReduceMax.keepDims(true));
  }

  private Operand<TFloat32> binary(Operand<TFloat32> x, Operand<TFloat32> y) {
    return switch (random.nextInt(8)) {
      case 0 -> tf.math.add(x, y);
      case 1 -> tf.math.sub(x, y);
      case 2 -> tf.math.mul(x, y);
      case 3 -> tf.math.divNoNan(x, y);
      case 4 -> tf.math.maximum(x, y);
      case 5 -> tf.math.minimum(x, y);
      case 6 -> tf.select(tf.math.greater(x, y), x, tf.math.neg(x));
      default -> tf.dtypes.cast(tf.math.less(x, y), TFloat32.class);
    };
  }
}
