package org.xgradient.attribution.axioms;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;

/** Features of inputs, by their index in a flattened row. */
final class Features {

  private Features() {}

  /** {@return the number of features of an input} */
  static int count(Model model) {
    return Shapes.size(model.inputShape());
  }

  /** {@return the feature that is as far from the end as another is from the start} */
  static int mirror(int feature, int count) {
    return count - 1 - feature;
  }

  /**
   * {@return the inputs with their features in reverse order}
   *
   * @param tf the operations of the graph
   * @param inputs the inputs, of shape {@code [batch, ...]}
   */
  static Operand<TFloat32> reversed(Ops tf, Operand<TFloat32> inputs) {
    // All axes but that of the batch: the last feature of a flattened row becomes the first.
    int rank = inputs.shape().numDimensions();
    int[] axes = new int[rank - 1];
    Arrays.setAll(axes, i -> i + 1);
    return tf.reverse(inputs, tf.constant(axes));
  }

  /** {@return {@code a x + b y}} */
  static Operand<TFloat32> sum(Ops tf, float a, Operand<TFloat32> x, float b, Operand<TFloat32> y) {
    return tf.math.add(tf.math.mul(tf.constant(a), x), tf.math.mul(tf.constant(b), y));
  }
}
