package org.xgradient.graph.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Adds pixels around images. */
final class Padding {

  private Padding() {}

  /**
   * Adds as many pixels on each side.
   *
   * @param images of shape {@code [batch, height, width, channels]}
   * @param pixels how many
   * @param value their value
   */
  static Operand<TFloat32> around(Ops tf, Operand<TFloat32> images, int pixels, float value) {
    return pixels == 0 ? images : around(tf, images, pixels, pixels, pixels, pixels, value);
  }

  static Operand<TFloat32> around(
      Ops tf, Operand<TFloat32> images, int top, int bottom, int left, int right, float value) {
    int[][] paddings = {{0, 0}, {top, bottom}, {left, right}, {0, 0}};
    return tf.pad(images, tf.constant(paddings), tf.constant(value));
  }
}
