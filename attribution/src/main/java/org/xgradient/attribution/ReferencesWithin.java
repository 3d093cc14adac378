package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;

/** References that differ from their example where a mask is 1. */
record ReferencesWithin(ReferenceDistribution all, FloatArray mask)
    implements ReferenceDistribution {

  ReferencesWithin {
    for (float value : mask.values()) {
      checkArgument(
          value == 0 || value == 1, "the values of a mask must be 0 or 1, found %s", value);
    }
  }

  @Override
  public Operand<TFloat32> draw(ForwardPass pass, int draws, PointChunk chunk) {
    checkArgument(
        mask.shape().equals(pass.model().inputShape()),
        "the mask must be of the shape of one example, %s, found %s",
        pass.model().inputShape(),
        mask.shape());
    Ops tf = pass.ops().withSubScope("references_within");
    var own = tf.reshape(tf.constant(mask.values()), tf.constant(mask.shape().toArray()));
    var drawn = all.draw(pass, draws, chunk);
    var example = tf.expandDims(pass.inputs(), tf.constant(0));
    // Not x + m (x' - x), which would round where nothing is to change.
    return tf.math.add(
        tf.math.mul(own, drawn), tf.math.mul(tf.math.sub(tf.constant(1f), own), example));
  }
}
