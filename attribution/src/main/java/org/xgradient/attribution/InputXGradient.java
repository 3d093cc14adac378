package org.xgradient.attribution;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;

/**
 * The input times the gradient, {@code x_i ∂F / ∂x_i}, of any model.
 *
 * <p>Axiomatic only where the model is homogeneous, and then {@link XGradient} says so; of other
 * models it does not add up to the output.
 *
 * @see <a href="https://arxiv.org/abs/1605.01713">Shrikumar et al. (2016), Not just a black box</a>
 */
public record InputXGradient() implements AttributionMethod {

  @Override
  public Operand<TFloat32> attribute(ForwardPass pass, Target target) {
    Operand<TFloat32> gradient = new Gradient().attribute(pass, target);
    return pass.ops().withName("input_x_gradient").math.mul(pass.inputs(), gradient);
  }
}
