package org.xgradient.graph.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.network.WindowPadding.Sides;

/** Adds pixels around images. */
final class Padding {

  private Padding() {}

  /**
   * Adds what a window asks for, unless that is left to the operation.
   *
   * @param images of shape {@code [batch, height, width, channels]}
   * @param padding how many pixels
   * @param value their value
   */
  static Operand<TFloat32> around(
      Ops tf, Operand<TFloat32> images, WindowPadding padding, float value) {
    return padding instanceof Sides sides && !sides.equals(WindowPadding.of(0))
        ? around(tf, images, sides.top(), sides.bottom(), sides.left(), sides.right(), value)
        : images;
  }

  static Operand<TFloat32> around(
      Ops tf, Operand<TFloat32> images, int top, int bottom, int left, int right, float value) {
    int[][] paddings = {{0, 0}, {top, bottom}, {left, right}, {0, 0}};
    return tf.pad(images, tf.constant(paddings), tf.constant(value));
  }
}
