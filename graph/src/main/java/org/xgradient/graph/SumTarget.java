package org.xgradient.graph;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The sum of some logits, the same for all examples.
 *
 * @param indices the indices of the logits
 */
record SumTarget(ImmutableIntArray indices) implements Target {

  SumTarget {
    checkArgument(!indices.isEmpty(), "there must be at least one logit to sum, found none");
  }

  @Override
  public Operand<TFloat32> coefficients(ForwardPass pass) {
    int outputs = pass.model().outputs();
    float[] row = new float[outputs];
    indices.forEach(
        index -> {
          checkArgument(
              index >= 0 && index < outputs,
              "the target must be of the %s outputs of the model, from 0, found %s",
              outputs,
              index);
          row[index] += 1;
        });
    var tf = pass.ops();
    // Like the logits in its number of rows, and constant in them.
    var rows = tf.stopGradient(tf.zerosLike(pass.logits()));
    return tf.math.add(rows, tf.reshape(tf.constant(row), tf.constant(new int[] {1, outputs})));
  }
}
