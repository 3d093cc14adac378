package org.xgradient.graph.gradient;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.proto.DataType;

/**
 * The gradients of convolutions over three axes: bilinear in what they take, and so the gradient of
 * each of the three operations is made of the other two.
 *
 * <p>With oneDNN, which is on by default, {@code Conv3DBackpropInputV2} of TensorFlow 2.18 is wrong
 * for a third of all sizes on some machines, as {@code Conv2DBackpropInput} is. There is no padding
 * in numbers to keep oneDNN away ({@link ExplicitConvolutions}); but it knows no doubles.
 */
final class VolumeGradients {

  private static final String FORWARD = "Conv3D";
  private static final String OF_INPUT = "Conv3DBackpropInputV2";
  private static final String OF_FILTERS = "Conv3DBackpropFilterV2";

  static final ImmutableMap<String, RawCustomGradient> ALL =
      ImmutableMap.of(
          FORWARD, VolumeGradients::forward,
          OF_INPUT, VolumeGradients::ofInput,
          OF_FILTERS, VolumeGradients::ofFilters);

  private VolumeGradients() {}

  /** Conv3D(input, filters). */
  private static List<Operand<?>> forward(Ops tf, GraphOperation op, List<Output<?>> v) {
    Output<?> input = op.input(0);
    Output<?> filters = op.input(1);
    return List.of(
        byInput(tf, op, shape(tf, input), filters, v.get(0)),
        like(tf, op, OF_FILTERS, input, shape(tf, filters), v.get(0)));
  }

  /** Conv3DBackpropInputV2(shape of the input, filters, dy). */
  private static List<Operand<?>> ofInput(Ops tf, GraphOperation op, List<Output<?>> v) {
    Output<?> filters = op.input(1);
    return List.of(
        tf.zerosLike(op.input(0)),
        like(tf, op, OF_FILTERS, v.get(0), shape(tf, filters), op.input(2)),
        like(tf, op, FORWARD, v.get(0), filters));
  }

  /** Conv3DBackpropFilterV2(input, shape of the filters, dy). */
  private static List<Operand<?>> ofFilters(Ops tf, GraphOperation op, List<Output<?>> v) {
    Output<?> input = op.input(0);
    return List.of(
        byInput(tf, op, shape(tf, input), v.get(0), op.input(2)),
        tf.zerosLike(op.input(1)),
        like(tf, op, FORWARD, input, v.get(0)));
  }

  private static Output<?> shape(Ops tf, Output<?> operand) {
    return tf.shape(operand).asOutput();
  }

  private static Operand<?> byInput(
      Ops tf, GraphOperation op, Output<?> shape, Output<?> filters, Output<?> dy) {
    return RawOps.castLike(
        tf, op, like(tf, op, OF_INPUT, shape, doubles(tf, filters), doubles(tf, dy)));
  }

  private static Output<?> doubles(Ops tf, Output<?> operand) {
    return RawOps.builder(tf, "Cast", operand)
        .setAttr("DstT", DataType.DT_DOUBLE)
        .build()
        .output(0);
  }

  /** Adds an operation with the window of another. */
  private static Output<?> like(Ops tf, GraphOperation op, String type, Output<?>... inputs) {
    OperationAttributeInspector attributes = op.attributes();
    return RawOps.builder(tf, type, inputs)
        .setAttr("strides", attributes.getAttrIntList("strides"))
        .setAttr("padding", attributes.getAttrString("padding"))
        .setAttr("dilations", attributes.getAttrIntList("dilations"))
        .setAttr("data_format", attributes.getAttrString("data_format"))
        .build()
        .output(0);
  }
}
