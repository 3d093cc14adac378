package org.xgradient.attribution;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;

/**
 * Integrated Gradients: {@code (x_i - x'_i) ∫₀¹ ∂_i F(x' + α (x - x')) dα}.
 *
 * <p>Complete in the limit of many steps: the attributions add up to {@code F(x) - F(x')}. One step
 * costs one gradient; FAA takes 128.
 *
 * @param baseline the start {@code x'} of the straight path to the input
 * @param quadrature the rule that approximates the integral
 * @see <a href="https://arxiv.org/abs/1703.01365">Sundararajan, Taly and Yan (2017), Axiomatic
 *     attribution for deep networks, Eq. 1</a>
 */
public record IntegratedGradients(Baseline baseline, Quadrature quadrature) implements PathMethod {

  /** The number of steps in FAA, at which IG has converged. */
  public static final int DEFAULT_STEPS = 128;

  /** {@return 128 Gauss-Legendre steps from the zero baseline} */
  public static IntegratedGradients withDefaults() {
    return new IntegratedGradients(Baseline.zero(), Quadrature.gaussLegendre(DEFAULT_STEPS));
  }

  /**
   * The same with another start.
   *
   * @param baseline the baseline
   * @return the method
   */
  public IntegratedGradients withBaseline(Baseline baseline) {
    return new IntegratedGradients(baseline, quadrature);
  }

  /**
   * The same with another rule.
   *
   * @param quadrature the rule
   * @return the method
   */
  public IntegratedGradients withQuadrature(Quadrature quadrature) {
    return new IntegratedGradients(baseline, quadrature);
  }

  @Override
  public int points() {
    return quadrature.points();
  }

  @Override
  public Optional<Baseline> completeFrom() {
    return Optional.of(baseline);
  }

  @Override
  public Operand<TFloat32> contribution(
      ForwardPass pass, Operand<TFloat32> coefficients, PointChunk chunk) {
    Ops tf = pass.ops().withSubScope("integrated_gradients");
    return contribution(
        pass,
        coefficients,
        chunk,
        baseline,
        tf.constant(floats(quadrature.nodes())),
        tf.constant(floats(quadrature.weights())));
  }

  /** With nodes and weights of shape {@code [points]}. */
  static Operand<TFloat32> contribution(
      ForwardPass pass,
      Operand<TFloat32> coefficients,
      PointChunk chunk,
      Baseline baseline,
      Operand<TFloat32> allNodes,
      Operand<TFloat32> allWeights) {
    Ops tf = pass.ops().withSubScope("integrated_gradients");
    var gradients = new PathGradients(tf, pass, chunk.count());
    var nodes = chunk.of(tf, allNodes);
    var weights = chunk.of(tf, allWeights);

    var start = PathGradients.start(tf, baseline, pass.inputs(), pass.model().inputShape());
    var path = tf.math.sub(pass.inputs(), start);
    return tf.math.mul(path, gradients.sum(start, path, nodes, coefficients, weights));
  }

  static float[] floats(ImmutableDoubleArray values) {
    float[] floats = new float[values.length()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.get(i);
    }
    return floats;
  }
}
