package org.xgradient.graph.network;

import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Adds pooling operations. */
final class Pooling {

  private Pooling() {}

  /** The largest value of each window; what pads the images never is. */
  static Operand<TFloat32> max(Ops tf, Operand<TFloat32> images, Window window) {
    // Homogeneous as zeros are, and less than any value, which zeros are after a ReLU only.
    var padded = Padding.around(tf, images, window.padding(), Float.NEGATIVE_INFINITY);
    // Not MaxPoolV2, whose gradient takes more than ten times as long.
    return pool(tf, "MaxPool", padded, window);
  }

  /** The mean value of each window, with zeros around the images. */
  static Operand<TFloat32> average(Ops tf, Operand<TFloat32> images, Window window) {
    return pool(tf, "AvgPool", Padding.around(tf, images, window.padding(), 0), window);
  }

  private static Operand<TFloat32> pool(
      Ops tf, String type, Operand<TFloat32> images, Window window) {
    var scope = tf.scope();
    OperationBuilder builder = scope.env().opBuilder(type, scope.makeOpName(type), scope);
    return builder
        .addInput(images.asOutput())
        .setAttr("ksize", new long[] {1, window.height(), window.width(), 1})
        .setAttr("strides", new long[] {1, window.stride(), window.stride(), 1})
        .setAttr("padding", window.padding() instanceof WindowPadding.Same ? "SAME" : "VALID")
        .build()
        .<TFloat32>output(0);
  }
}
