package org.xgradient.graph.gradient;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.walk.TensorNumbers;

/**
 * The gradient of a gradient of max pooling: picks from each window of an image what stands where
 * another image has its maximum.
 *
 * <p>TensorFlow's operation for that, {@code MaxPoolGradGrad}, writes its output over what it picks
 * from wherever the two have as many elements, after it has set it to zero: all is 0. So it is only
 * given images that are larger than its output.
 */
final class PickedByMaxima {

  private final Ops tf;
  private final GraphOperation gradient;
  private final long[] ksize;
  private final long[] strides;
  private final String padding;

  private PickedByMaxima(Ops tf, GraphOperation gradient) {
    this.tf = tf;
    this.gradient = gradient;
    boolean inAttributes = gradient.type().equals("MaxPoolGrad");
    var attributes = gradient.attributes();
    this.ksize = inAttributes ? attributes.getAttrIntList("ksize") : constant(gradient.input(3));
    this.strides =
        inAttributes ? attributes.getAttrIntList("strides") : constant(gradient.input(4));
    this.padding = attributes.getAttrString("padding");
  }

  /**
   * Adds the operations.
   *
   * @param tf the operations of the graph
   * @param gradient a {@code MaxPoolGrad} or {@code MaxPoolGradV2}, of images [batch, height,
   *     width, channels]
   * @param from what to pick from, of the shape of the images
   * @return what was picked, of the shape of the pooled images
   * @throws IllegalArgumentException if the window is not constant
   */
  static Operand<?> of(Ops tf, GraphOperation gradient, Output<?> from) {
    return new PickedByMaxima(tf, gradient).pick(from);
  }

  private Operand<?> pick(Output<?> from) {
    if (ksize[1] == 1 && ksize[2] == 1) {
      return firstOfEachStep(from);
    }
    Output<?> images = gradient.input(0);
    if (!padding.equals("SAME")) {
      return gradGrad(images, from);
    }
    Operand<TInt32> paddings = paddings(images);
    return gradGrad(padded(images, paddings, Float.NEGATIVE_INFINITY), padded(from, paddings, 0));
  }

  /** A window of one pixel has no choice. */
  private Operand<TFloat32> firstOfEachStep(Output<?> from) {
    var zeros = tf.constant(new long[4]);
    return tf.stridedSlice(
        RawOps.typed(from),
        zeros,
        zeros,
        tf.constant(strides),
        StridedSlice.beginMask(15L),
        StridedSlice.endMask(15L));
  }

  /**
   * What SAME adds on each side of an image, of shape {@code [4, 2]}. Computed in the graph: while
   * gradients are added, no shape can be asked for.
   *
   * <pre>
   * places = ceil(n / stride);   all = max((places - 1) stride + size - n, 0)
   * before = floor(all / 2);     after = all - before
   * </pre>
   */
  private Operand<TInt32> paddings(Output<?> images) {
    Operand<TInt32> n = tf.shape(RawOps.typed(images));
    Operand<TInt32> size = ints(ksize);
    Operand<TInt32> stride = ints(strides);
    Operand<TInt32> one = tf.constant(1);
    var steps = tf.math.floorDiv(tf.math.sub(n, one), stride); // places - 1
    var reach = tf.math.add(tf.math.mul(steps, stride), size);
    var all = tf.math.maximum(tf.math.sub(reach, n), tf.constant(0));
    var before = tf.math.floorDiv(all, tf.constant(2));
    return tf.stack(List.of(before, tf.math.sub(all, before)), Stack.axis(1L));
  }

  private Output<?> padded(Output<?> images, Operand<TInt32> paddings, float value) {
    var ofTheType = RawOps.castLike(tf, gradient, tf.constant(value).asOutput());
    return tf.pad(RawOps.typed(images), paddings, ofTheType).asOutput();
  }

  private Operand<TInt32> ints(long[] values) {
    return tf.constant(Arrays.stream(values).mapToInt(Math::toIntExact).toArray());
  }

  private Output<?> gradGrad(Output<?> images, Output<?> from) {
    return RawOps.builder(tf, "MaxPoolGradGrad", images, gradient.input(1), from)
        .setAttr("ksize", ksize)
        .setAttr("strides", strides)
        .setAttr("padding", "VALID")
        .setAttr("data_format", gradient.attributes().getAttrString("data_format"))
        .build()
        .output(0);
  }

  private long[] constant(Output<?> operand) {
    checkArgument(
        operand.op().type().equals("Const"),
        "the gradient of %s (%s) needs a constant window, found %s",
        gradient.name(),
        gradient.type(),
        operand.op().name());
    try (Tensor tensor = ((GraphOperation) operand.op()).attributes().getAttrTensor("value")) {
      double[] numbers = TensorNumbers.of(tensor).orElseThrow();
      return Arrays.stream(numbers).mapToLong(number -> (long) number).toArray();
    }
  }
}
