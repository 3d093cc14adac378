package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Total variation, as {@link Priors#totalVariation()} defines it. */
final class TotalVariation {

  private TotalVariation() {}

  static Operand<TFloat32> penalty(Ops graph, Operand<TFloat32> attributions) {
    Ops tf = graph.withSubScope("total_variation");
    Shape shape = attributions.shape();
    checkArgument(
        shape.numDimensions() == 4,
        "total variation needs attributions of shape [batch, height, width, channels], found %s",
        shape);
    var perExample = tf.math.add(along(tf, attributions, 1), along(tf, attributions, 2));
    return tf.math.mean(perExample, tf.constant(0));
  }

  /** The sums of the absolute differences along a dimension, of shape {@code [batch]}. */
  private static Operand<TFloat32> along(Ops tf, Operand<TFloat32> images, int dimension) {
    int[] sizes = {-1, -1, -1, -1};
    sizes[dimension] = Math.toIntExact(images.shape().get(dimension)) - 1;
    int[] next = new int[4];
    next[dimension] = 1;
    var differences =
        tf.math.sub(
            tf.slice(images, tf.constant(next), tf.constant(sizes)),
            tf.slice(images, tf.constant(new int[4]), tf.constant(sizes)));
    return tf.reduceSum(tf.math.abs(differences), tf.constant(new int[] {1, 2, 3}));
  }
}
