package org.xgradient.graph.gradient;

import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Convolutions of images by kernels of one column that give images of one column.
 *
 * <p>With oneDNN, which is on by default, {@code Conv2D} of TensorFlow 2.18 gets these wrong on
 * some machines for more than 16 channels. Along a row it is right: so the first column, which is
 * all that counts, is laid down, and what comes out is set up again.
 */
public final class ColumnConvolution {

  private static final int[] TURNED = {0, 2, 1, 3};
  private static final int[] TURNED_KERNEL = {1, 0, 2, 3};

  private ColumnConvolution() {}

  /**
   * Whether a convolution is one of these; what is no convolution of images is not.
   *
   * @param images the shape of the images, padded, of shape {@code [batch, height, width,
   *     channels]}
   * @param filter the shape of the filter
   * @param strideAcross the stride along the width
   */
  public static boolean is(Shape images, Shape filter, long strideAcross) {
    if (images.numDimensions() != 4 || filter.numDimensions() != 4) {
      return false;
    }
    long width = images.get(2);
    return filter.get(1) == 1 && filter.get(0) > 1 && width >= 1 && width <= strideAcross;
  }

  /**
   * Adds the convolution of a column that lies.
   *
   * @param tf the operations of the graph, with the name for the result
   * @param images the images
   * @param filter the filter
   * @param strides the stride along the height, and that along the width
   * @param padding {@code VALID} or {@code SAME}
   * @return the last operation, whose only output is what the convolution gives
   */
  public static GraphOperation lying(
      Ops tf, Output<?> images, Output<?> filter, long[] strides, String padding) {
    Ops inner = tf.withSubScope("column");
    Output<?> column =
        RawOps.builder(
                inner,
                "Slice",
                images,
                inner.constant(new int[4]).asOutput(),
                inner.constant(new int[] {-1, -1, 1, -1}).asOutput())
            .build()
            .output(0);
    Output<?> convolved =
        RawOps.builder(
                inner,
                "Conv2D",
                transposed(inner, column, TURNED),
                transposed(inner, filter, TURNED_KERNEL))
            .setAttr("strides", new long[] {1, strides[1], strides[0], 1})
            .setAttr("padding", padding)
            .build()
            .output(0);
    Operand<TFloat32> standing = tf.linalg.transpose(RawOps.typed(convolved), tf.constant(TURNED));
    return (GraphOperation) standing.op();
  }

  private static Output<?> transposed(Ops tf, Output<?> operand, int[] axes) {
    return RawOps.builder(tf, "Transpose", operand, tf.constant(axes).asOutput()).build().output(0);
  }
}
