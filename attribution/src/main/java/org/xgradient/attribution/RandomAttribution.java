package org.xgradient.attribution;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.StatelessRandom;
import org.xgradient.graph.Target;

/**
 * Uniform on {@code [-0.5, 0.5)}, independent of the model: what any method should beat (FAA, Table
 * 3). Drawn from the seed of the forward pass.
 */
public record RandomAttribution() implements AttributionMethod {

  @Override
  public Operand<TFloat32> attribute(ForwardPass pass, Target target) {
    var tf = pass.ops().withSubScope("random_attribution");
    var uniform =
        StatelessRandom.uniform(tf, pass.seed(), "random attribution", tf.shape(pass.inputs()));
    return tf.math.sub(uniform, tf.constant(0.5f));
  }
}
