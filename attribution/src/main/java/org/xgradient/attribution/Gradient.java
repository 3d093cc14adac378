package org.xgradient.attribution;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.Target;

/**
 * The gradient of the output with respect to the inputs, signed: {@code ∂F / ∂x_i}.
 *
 * @see <a href="https://arxiv.org/abs/1312.6034">Simonyan, Vedaldi and Zisserman (2014), Deep
 *     inside convolutional networks</a>
 */
public record Gradient() implements AttributionMethod {

  @Override
  public Operand<TFloat32> attribute(ForwardPass pass, Target target) {
    var tf = pass.ops().withSubScope("gradient");
    return Gradients.of(tf, pass.logits(), target.coefficients(pass), List.of(pass.inputs()))
        .get(0);
  }
}
