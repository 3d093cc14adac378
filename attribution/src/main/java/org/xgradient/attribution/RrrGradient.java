package org.xgradient.attribution;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.Target;

/**
 * The gradient of the summed log-probabilities, {@code ∂ Σ_c log p_c / ∂x_i}, which "right for the
 * right reasons" penalizes; it has no target.
 *
 * <p>A model with one logit {@code z} is taken as binary: {@code log σ(z) + log(1 - σ(z)) = 2 log
 * σ(z) - z}. This is what the authors' code computes; FAA, App. B.3, says "the log of the output
 * logit".
 *
 * @see <a href="https://arxiv.org/abs/1703.03717">Ross, Hughes and Doshi-Velez (2017), Right for
 *     the right reasons</a>
 */
public record RrrGradient() implements AttributionMethod {

  @Override
  public Operand<TFloat32> attribute(ForwardPass pass, Target target) {
    Ops tf = pass.ops().withSubScope("rrr_gradient");
    Operand<TFloat32> logits = pass.logits();
    Operand<TFloat32> logProbabilities =
        pass.model().outputs() == 1
            // 2 log σ(z) - z = -softplus(-z) - softplus(z)
            ? tf.math.neg(
                tf.math.add(tf.math.softplus(tf.math.neg(logits)), tf.math.softplus(logits)))
            : tf.nn.logSoftmax(logits);
    return Gradients.of(tf, logProbabilities, List.of(pass.inputs())).get(0);
  }
}
