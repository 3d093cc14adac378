package org.xgradient.graph.gradient;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Convolutions from one channel to one that skip pixels, whose gradient TensorFlow gets wrong.
 *
 * <p>With oneDNN, which is on by default, {@code Conv2DBackpropInput} of TensorFlow 2.18 is often
 * wrong by as much as its largest entry, and not the same twice, where there is one channel, one
 * filter, a stride other than 1 and a kernel of more than one pixel. With a second filter it is
 * right. So such a convolution gets a second filter, of zeros, whose channel is cut off again: the
 * same function of the same parameters, with the same gradients of every order.
 */
public final class NarrowConvolution {

  private static final String FORWARD = "Conv2D";
  private static final String TRANSPOSED = "Conv2DBackpropInput";

  private NarrowConvolution() {}

  /**
   * Whether the gradient of a convolution in the inputs, or a transposed convolution itself, may be
   * wrong.
   *
   * @param type the type of the operation
   * @param filter the shape of the filter, of which any part may be unknown
   * @param strides the strides of all four dimensions
   * @return whether it is of the form that is computed wrongly, or may be as far as is known
   */
  public static boolean isMiscomputed(String type, Shape filter, long[] strides) {
    if ((!type.equals(FORWARD) && !type.equals(TRANSPOSED))
        || Arrays.stream(strides).allMatch(stride -> stride == 1)) {
      return false;
    }
    if (filter.isUnknown()) {
      return true;
    }
    boolean narrow = mayBeOne(filter.get(2)) && mayBeOne(filter.get(3));
    return narrow && (filter.get(0) != 1 || filter.get(1) != 1);
  }

  private static boolean mayBeOne(long size) {
    return size == 1 || size == Shape.UNKNOWN_SIZE;
  }

  /** {@return whether an operation of a graph is of that form} */
  static boolean isMiscomputed(GraphOperation operation) {
    return isMiscomputed(
        operation.type(),
        operation.input(1).shape(),
        operation.attributes().getAttrIntList("strides"));
  }

  /**
   * Adds a convolution, with a second filter of zeros.
   *
   * @param tf the operations of the graph, in the scope and with the name for the result
   * @param type {@code Conv2D} or {@code Conv2DBackpropInput}
   * @param inputs the inputs of the operation, of which the filter has one channel and one filter
   * @param channelAxis the axis of the channels, 3 or 1
   * @param attributes gives the operation its attributes
   * @return the last operation, whose only output is what the convolution gives
   */
  public static GraphOperation widened(
      Ops tf,
      String type,
      List<? extends Output<?>> inputs,
      int channelAxis,
      UnaryOperator<OperationBuilder> attributes) {
    Ops inner = tf.withSubScope("two_filters");
    var scope = inner.scope();
    OperationBuilder builder = scope.env().opBuilder(type, scope.makeOpName(type), scope);
    Output<?> filters = appendZeros(inner, inputs.get(1), 3);
    if (type.equals(TRANSPOSED)) {
      builder.addInput(inputs.get(0)).addInput(filters);
      builder.addInput(appendZeros(inner, inputs.get(2), channelAxis));
      return (GraphOperation)
          tf.identity(attributes.apply(builder).build().<TFloat32>output(0)).op();
    }
    builder.addInput(inputs.get(0)).addInput(filters);
    Operand<TFloat32> both = attributes.apply(builder).build().output(0);
    int[] size = {-1, -1, -1, -1};
    size[channelAxis] = 1;
    return (GraphOperation) tf.slice(both, tf.constant(new int[4]), tf.constant(size)).op();
  }

  private static Output<?> appendZeros(Ops tf, Output<?> operand, int axis) {
    int[][] paddings = new int[4][2];
    paddings[axis][1] = 1;
    var scope = tf.scope();
    // Not PadV2, whose value would have to be of the operand's type.
    return scope
        .env()
        .opBuilder("Pad", scope.makeOpName("Pad"), scope)
        .addInput(operand)
        .addInput(tf.constant(paddings).asOutput())
        .build()
        .output(0);
  }
}
