package org.xgradient.attribution;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;

/**
 * The absolute gradient of the output with respect to the inputs: {@code |∂F / ∂x_i|}.
 *
 * @see <a href="https://arxiv.org/abs/1312.6034">Simonyan, Vedaldi and Zisserman (2014), Deep
 *     inside convolutional networks, Sec. 3</a>
 */
public record Saliency() implements AttributionMethod {

  @Override
  public Operand<TFloat32> attribute(ForwardPass pass, Target target) {
    return pass.ops().withName("saliency").math.abs(new Gradient().attribute(pass, target));
  }
}
