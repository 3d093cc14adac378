package org.xgradient.attribution;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.Shapes;

/** Weighted gradients at several points for each example of a batch, in one stacked pass. */
final class PathGradients {

  private final Ops tf;
  private final ForwardPass pass;
  private final Operand<TInt32> count;

  PathGradients(Ops tf, ForwardPass pass, Operand<TInt32> count) {
    this.tf = tf;
    this.pass = pass;
    this.count = count;
  }

  /**
   * The gradients of the target at points.
   *
   * @param points the points, of shape {@code [count, batch, ...]}
   * @param coefficients the coefficients of the target, of shape {@code [batch, outputs]}
   * @param weights the factor of each point's gradients, of shape {@code [count]}
   * @return the weighted gradients, of shape {@code [count, batch, ...]}
   */
  Operand<TFloat32> at(
      Operand<TFloat32> points, Operand<TFloat32> coefficients, Operand<TFloat32> weights) {
    var stacked = tf.reshape(points, stackedShape());
    var logits = pass.logitsAlongPath(stacked);
    // The gradient is linear in its seed: weights that are in the seed cost nothing.
    var outputs = tf.constant(new int[] {-1, pass.model().outputs()});
    var seed =
        tf.reshape(
            tf.math.mul(
                tf.reshape(weights, tf.constant(new int[] {-1, 1, 1})),
                tf.expandDims(coefficients, tf.constant(0))),
            outputs);
    var gradients = Gradients.of(tf, logits, seed, List.of(stacked)).get(0);
    return tf.reshape(gradients, tf.shape(points));
  }

  /**
   * A factor for each point.
   *
   * @param factors the factors, of shape {@code [count]}
   * @return the factors, of a shape that broadcasts to {@code [count, batch, ...]}
   */
  Operand<TFloat32> perPoint(Operand<TFloat32> factors) {
    return tf.reshape(factors, ones(1));
  }

  /**
   * A factor for each point and example.
   *
   * @param factors the factors, of shape {@code [count, batch]}
   * @return the factors, of a shape that broadcasts to {@code [count, batch, ...]}
   */
  Operand<TFloat32> perPointAndExample(Operand<TFloat32> factors) {
    return tf.reshape(factors, tf.concat(List.of(tf.shape(factors), features(1)), axis0()));
  }

  private Operand<TInt32> stackedShape() {
    var rows = tf.math.mul(count, Shapes.rows(tf, pass.inputs()));
    int[] shape = pass.model().inputShape().toArray();
    return tf.concat(List.of(rows, tf.constant(shape)), axis0());
  }

  private Operand<TInt32> ones(int batchDimensions) {
    int[] shape = new int[1 + batchDimensions + pass.model().inputShape().length()];
    Arrays.fill(shape, 1);
    shape[0] = -1;
    return tf.constant(shape);
  }

  private Operand<TInt32> features(int size) {
    int[] shape = new int[pass.model().inputShape().length()];
    Arrays.fill(shape, size);
    return tf.constant(shape);
  }

  private Operand<TInt32> axis0() {
    return tf.constant(0);
  }
}
