package org.xgradient.graph;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * One logit for all examples.
 *
 * @param index the index of the logit
 */
record IndexTarget(int index) implements Target {

  @Override
  public Operand<TFloat32> coefficients(ForwardPass pass) {
    int outputs = pass.model().outputs();
    checkArgument(
        index >= 0 && index < outputs,
        "the target must be one of the %s outputs of the model, from 0, found %s",
        outputs,
        index);
    var tf = pass.ops();
    var labels = tf.fill(Shapes.rows(tf, pass.logits()), tf.constant(index));
    return Target.label(labels).coefficients(pass);
  }
}
