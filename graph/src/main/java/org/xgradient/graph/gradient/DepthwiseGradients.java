package org.xgradient.graph.gradient;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;

/** The gradients of the gradients of convolutions of one channel at a time. */
final class DepthwiseGradients {

  static final ImmutableMap<String, RawCustomGradient> ALL =
      ImmutableMap.of(
          "DepthwiseConv2dNativeBackpropInput", DepthwiseGradients::backpropInput,
          "DepthwiseConv2dNativeBackpropFilter", DepthwiseGradients::backpropFilter);

  private DepthwiseGradients() {}

  /** Bilinear in the filter and what arrives: BackpropInput(shape, filter, dy). */
  private static List<Operand<?>> backpropInput(Ops tf, GraphOperation op, List<Output<?>> v) {
    Output<?> filter = op.input(1);
    return List.of(
        tf.zerosLike(op.input(0)),
        like(
            tf,
            op,
            "DepthwiseConv2dNativeBackpropFilter",
            v.get(0),
            tf.shape(RawOps.typed(filter)).asOutput(),
            op.input(2)),
        like(tf, op, "DepthwiseConv2dNative", v.get(0), filter));
  }

  /** Bilinear in the images and what arrives: BackpropFilter(images, shape, dy). */
  private static List<Operand<?>> backpropFilter(Ops tf, GraphOperation op, List<Output<?>> v) {
    Output<?> images = op.input(0);
    return List.of(
        like(
            tf,
            op,
            "DepthwiseConv2dNativeBackpropInput",
            tf.shape(RawOps.typed(images)).asOutput(),
            v.get(0),
            op.input(2)),
        tf.zerosLike(op.input(1)),
        like(tf, op, "DepthwiseConv2dNative", images, v.get(0)));
  }

  private static Operand<?> like(Ops tf, GraphOperation op, String type, Output<?>... inputs) {
    var attributes = op.attributes();
    return RawOps.builder(tf, type, inputs)
        .setAttr("strides", attributes.getAttrIntList("strides"))
        .setAttr("padding", attributes.getAttrString("padding"))
        .setAttr("data_format", attributes.getAttrString("data_format"))
        .build()
        .output(0);
  }
}
