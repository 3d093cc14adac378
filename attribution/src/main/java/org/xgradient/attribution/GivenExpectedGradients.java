package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;

/**
 * Expected Gradients over given pairs of a reference and a place on the path from it: {@code 1/P
 * Σ_p (x_i - x'_pi) ∂_i F(x'_p + α_p (x - x'_p))}. Nothing is drawn, so that what another program
 * computed from the same pairs can be compared, number by number.
 *
 * <p>Every example meets every pair; for pairs of its own, attribute it by itself.
 *
 * @param references the references {@code x'}, of shape {@code [pairs, ...]}, at least one
 * @param alphas the places {@code α}, of shape {@code [pairs]}, each in {@code [0, 1]}
 * @see ExpectedGradients
 */
public record GivenExpectedGradients(FloatArray references, FloatArray alphas)
    implements PathMethod {

  /**
   * Checks the pairs.
   *
   * @throws IllegalArgumentException if there is none, there is not one place for each reference,
   *     or a place is not in {@code [0, 1]}
   */
  public GivenExpectedGradients {
    checkArgument(
        references.shape().length() > 0 && references.rows() > 0,
        "there must be at least one reference, found none");
    checkArgument(
        alphas.shape().length() == 1 && alphas.rows() == references.rows(),
        "there must be one alpha for each of %s references, found %s",
        references.rows(),
        alphas.shape());
    for (float alpha : alphas.values()) {
      checkArgument(alpha >= 0 && alpha <= 1, "alphas must be in [0, 1], found %s", alpha);
    }
  }

  @Override
  public int points() {
    return references.rows();
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
        "references must be of shape [pairs, %s] like the inputs, found %s",
        pass.model().inputShape(),
        references.shape());
    Ops tf = pass.ops().withSubScope("given_expected_gradients");
    var gradients = new PathGradients(tf, pass, chunk.count());
    float[] shares = new float[points()];
    Arrays.fill(shares, 1f / shares.length);
    var table =
        tf.reshape(tf.constant(references.values()), tf.constant(references.shape().toArray()));
    var given = tf.expandDims(chunk.of(tf, table), tf.constant(1));
    var places = gradients.perPoint(chunk.of(tf, tf.constant(alphas.values())));

    var path = tf.math.sub(pass.inputs(), given);
    // x' + α (x - x')
    var points = tf.math.add(given, tf.math.mul(places, path));
    var weighted = gradients.at(points, coefficients, chunk.of(tf, tf.constant(shares)));
    return tf.reduceSum(tf.math.mul(path, weighted), tf.constant(0));
  }
}
