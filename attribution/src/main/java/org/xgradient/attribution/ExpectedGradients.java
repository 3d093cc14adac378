package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.StatelessRandom;

/**
 * Expected Gradients: {@code E_(x', α) [(x_i - x'_i) ∂_i F(x' + α (x - x'))]}, with {@code α}
 * uniform on {@code [0, 1)}, as the mean over some pairs {@code (x', α)}.
 *
 * <p>Converges to the mean of Integrated Gradients over the references, which {@link
 * ConvergedExpectedGradients} computes. With one reference, as often used in training, it satisfies
 * sensitivity (b) only (FAA, Table 1). Everything is drawn from the seed of the forward pass.
 *
 * @param references where the references {@code x'} come from
 * @param draws the number of pairs for each example, at least 1
 * @see <a href="https://arxiv.org/abs/1906.10670">Erion et al. (2021), Improving performance of
 *     deep learning models with axiomatic attribution priors and expected gradients</a>
 */
public record ExpectedGradients(ReferenceDistribution references, int draws) implements PathMethod {

  /**
   * Checks the number of draws.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public ExpectedGradients {
    checkArgument(draws >= 1, "the number of references must be at least 1, found %s", draws);
  }

  @Override
  public int points() {
    return draws;
  }

  @Override
  public Operand<TFloat32> contribution(
      ForwardPass pass, Operand<TFloat32> coefficients, PointChunk chunk) {
    Ops tf = pass.ops().withSubScope("expected_gradients");
    var gradients = new PathGradients(tf, pass, chunk.count());
    var drawn = references.draw(pass, draws, chunk);
    var alphas =
        gradients.perPointAndExample(
            chunk.of(
                tf,
                StatelessRandom.uniform(
                    tf, pass.seed(), "expected gradients alpha", drawsByBatch(tf, pass))));

    var path = tf.math.sub(pass.inputs(), drawn);
    // x' + α (x - x')
    var points = tf.math.add(drawn, tf.math.mul(alphas, path));
    var weights = tf.fill(tf.expandDims(chunk.count(), tf.constant(0)), tf.constant(1f / draws));
    return tf.reduceSum(
        tf.math.mul(path, gradients.at(points, coefficients, weights)), tf.constant(0));
  }

  private Operand<TInt32> drawsByBatch(Ops tf, ForwardPass pass) {
    return tf.concat(
        List.of(tf.constant(new int[] {draws}), Shapes.rows(tf, pass.inputs())), tf.constant(0));
  }
}
