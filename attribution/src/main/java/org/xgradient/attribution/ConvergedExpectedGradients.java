package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.IntToDoubleFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;

/**
 * What {@link ExpectedGradients} converge to with many draws: the mean of Integrated Gradients over
 * all references, {@code 1/R Σ_r (x_i - x'_ri) ∫₀¹ ∂_i F(x'_r + α (x - x'_r)) dα}. Nothing is
 * drawn.
 *
 * <p>Complete in the limit of many steps: the attributions add up to {@code F(x)} less the mean of
 * {@code F} over the references. One example costs as many gradients as there are references times
 * nodes of the quadrature.
 *
 * @param references the references {@code x'}, of shape {@code [references, ...]}, at least one,
 *     each as likely as any other
 * @param quadrature the rule that approximates each integral
 */
public record ConvergedExpectedGradients(FloatArray references, Quadrature quadrature)
    implements PathMethod {

  /**
   * Checks the references.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ConvergedExpectedGradients {
    checkArgument(references.rows() > 0, "there must be at least one reference, found none");
  }

  @Override
  public int points() {
    return Math.multiplyExact(references.rows(), quadrature.points());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the references are not of the shape of the inputs
   */
  @Override
  public Operand<TFloat32> contribution(
      ForwardPass pass, Operand<TFloat32> coefficients, PointChunk chunk) {
    checkArgument(
        references.rowShape().equals(pass.model().inputShape()),
        "references must be of shape [rows, %s] like the inputs, found %s",
        pass.model().inputShape(),
        references.shape());
    Ops tf = pass.ops().withSubScope("converged_expected_gradients");
    var gradients = new PathGradients(tf, pass, chunk.count());
    var nodes = chunk.of(tf, tf.constant(perPoint(1, quadrature.nodes()::get)));
    var weights = chunk.of(tf, tf.constant(perPoint(references.rows(), quadrature.weights()::get)));
    // All nodes of the first reference come first: the references of a chunk are consecutive.
    var ofPoint = chunk.of(tf, tf.constant(referenceOfPoint()));
    var one = tf.constant(1);
    var first = tf.reduceMin(ofPoint, tf.constant(0));
    var last = tf.reduceMax(ofPoint, tf.constant(0));
    var table =
        tf.reshape(tf.constant(references.values()), tf.constant(references.shape().toArray()));
    var starts = tf.gather(table, tf.range(first, tf.math.add(last, one), one), tf.constant(0));

    // x - x'
    var paths = tf.math.sub(pass.inputs(), tf.expandDims(starts, one));
    var sums = gradients.sums(starts, tf.math.sub(ofPoint, first), nodes, coefficients, weights);
    return tf.reduceSum(tf.math.mul(paths, sums), tf.constant(0));
  }

  private int[] referenceOfPoint() {
    int[] referenceOfPoint = new int[points()];
    for (int point = 0; point < referenceOfPoint.length; point++) {
      referenceOfPoint[point] = point / quadrature.points();
    }
    return referenceOfPoint;
  }

  private float[] perPoint(int divisor, IntToDoubleFunction valueOfNode) {
    float[] values = new float[points()];
    for (int point = 0; point < values.length; point++) {
      double value = valueOfNode.applyAsDouble(point % quadrature.points());
      values[point] = (float) (value / divisor);
    }
    return values;
  }
}
