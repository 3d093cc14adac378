package org.xgradient.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.PathMethod;
import org.xgradient.attribution.PointChunk;
import org.xgradient.attribution.Quadrature;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.Shapes;

/**
 * Integrated Gradients from zero with all layers at each point: what {@link IntegratedGradients} is
 * compared with, which does the first ones once for all points.
 *
 * @param quadrature the points
 */
record AllLayersPath(Quadrature quadrature) implements PathMethod {

  static AllLayersPath withDefaults() {
    return new AllLayersPath(Quadrature.gaussLegendre(IntegratedGradients.DEFAULT_STEPS));
  }

  @Override
  public int points() {
    return quadrature.points();
  }

  @Override
  public Operand<TFloat32> contribution(
      ForwardPass pass, Operand<TFloat32> coefficients, PointChunk chunk) {
    Ops tf = pass.ops().withSubScope("all_layers");
    float[] weights = new float[points()];
    float[] nodes = new float[points()];
    for (int i = 0; i < nodes.length; i++) {
      weights[i] = (float) quadrature.weights().get(i);
      nodes[i] = (float) quadrature.nodes().get(i);
    }
    int[] example = pass.model().inputShape().toArray();
    int[] ones = new int[example.length + 2];
    Arrays.fill(ones, 1);
    ones[0] = -1;
    var points =
        tf.math.mul(tf.reshape(chunk.of(tf, tf.constant(nodes)), tf.constant(ones)), pass.inputs());
    var rows = tf.math.mul(chunk.count(), Shapes.rows(tf, pass.inputs()));
    var stacked =
        tf.reshape(points, tf.concat(List.of(rows, tf.constant(example)), tf.constant(0)));
    var seed =
        tf.reshape(
            tf.math.mul(
                tf.reshape(chunk.of(tf, tf.constant(weights)), tf.constant(new int[] {-1, 1, 1})),
                tf.expandDims(coefficients, tf.constant(0))),
            tf.constant(new int[] {-1, pass.model().outputs()}));
    var gradients = Gradients.of(tf, pass.logitsAlongPath(stacked), seed, List.of(stacked)).get(0);
    return tf.math.mul(
        pass.inputs(), tf.reduceSum(tf.reshape(gradients, tf.shape(points)), tf.constant(0)));
  }
}
