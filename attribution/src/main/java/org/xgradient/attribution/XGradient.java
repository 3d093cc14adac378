package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;
import org.xgradient.graph.homogeneity.Homogeneity;

/**
 * X-Gradient: {@code x_i ∂F / ∂x_i / k}, defined for models that are proven homogeneous of degree
 * {@code k ≥ 1}.
 *
 * <p>There it equals Integrated Gradients with the zero baseline exactly, and so is complete, at
 * the cost of one gradient (FAA, Def. 3.5 and Eq. 4 for {@code k = 1}; with {@code k} the closed
 * form of Prop. 3.2).
 *
 * @see <a href="https://arxiv.org/abs/2111.07668">Hesse, Schaub-Meyer and Roth (2021), Fast
 *     axiomatic attribution for neural networks</a>
 */
public record XGradient() implements AttributionMethod {

  /**
   * {@inheritDoc}
   *
   * @throws org.xgradient.graph.homogeneity.NotHomogeneousException if the model is not proven
   *     homogeneous
   * @throws IllegalArgumentException if its degree is less than 1
   */
  @Override
  public Operand<TFloat32> attribute(ForwardPass pass, Target target) {
    double degree = Homogeneity.of(pass).orElseThrow().degree();
    checkArgument(
        degree >= 1,
        "X-Gradient needs a model of degree at least 1, found %s; use Integrated Gradients",
        degree);
    Operand<TFloat32> gradient = new Gradient().attribute(pass, target);
    var tf = pass.ops().withSubScope("x_gradient");
    Operand<TFloat32> product = tf.math.mul(pass.inputs(), gradient);
    return degree == 1 ? product : tf.math.mul(product, tf.constant((float) (1 / degree)));
  }

  @Override
  public Optional<Baseline> completeFrom() {
    return Optional.of(Baseline.zero());
  }

  /** {@return true: {@code F(0) = F(α · 0) = α^k F(0)}} */
  @Override
  public boolean startsFromZeroOutput() {
    return true;
  }
}
