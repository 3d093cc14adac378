package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Shapes;

/** The mean absolute attribution of each feature over a batch. */
final class MeanAbsolute {

  private MeanAbsolute() {}

  /** {@return the means, of shape {@code [features]}} */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> attributions) {
    return tf.math.mean(tf.math.abs(Shapes.flatRows(tf, attributions)), tf.constant(0));
  }

  /** {@return the number of features of one example} */
  static int features(Operand<TFloat32> attributions) {
    Shape shape = attributions.shape();
    long features = 1;
    for (int i = 1; i < shape.numDimensions(); i++) {
      checkArgument(
          shape.get(i) != Shape.UNKNOWN_SIZE,
          "all dimensions of attributions but the first must be known, found %s",
          shape);
      features *= shape.get(i);
    }
    return Math.toIntExact(features);
  }
}
