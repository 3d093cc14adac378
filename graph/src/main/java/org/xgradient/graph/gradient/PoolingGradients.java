package org.xgradient.graph.gradient;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;

/**
 * The gradients of the gradients of pooling, and one of the first order that TensorFlow lacks:
 * linear in what arrives, constant in the pooled values almost everywhere, and so pooling again,
 * with the same choice of maxima.
 */
final class PoolingGradients {

  static final ImmutableMap<String, RawCustomGradient> ALL =
      ImmutableMap.of(
          "MaxPoolWithArgmax", PoolingGradients::maxPoolWithArgmax,
          "MaxPoolGrad", PoolingGradients::maxPoolGrad,
          "MaxPoolGradGrad", PoolingGradients::maxPoolGradGrad,
          "MaxPoolGradV2", PoolingGradients::maxPoolGradV2,
          "AvgPoolGrad", PoolingGradients::avgPoolGrad);

  private PoolingGradients() {}

  /** MaxPoolWithArgmax(input) gives maxima and their places, which are constant. */
  private static List<Operand<?>> maxPoolWithArgmax(Ops tf, GraphOperation op, List<Output<?>> v) {
    OperationAttributeInspector attributes = op.attributes();
    return List.of(
        RawOps.builder(tf, "MaxPoolGrad", op.input(0), op.output(0), v.get(0))
            .setAttr("ksize", attributes.getAttrIntList("ksize"))
            .setAttr("strides", attributes.getAttrIntList("strides"))
            .setAttr("padding", attributes.getAttrString("padding"))
            .build()
            .output(0));
  }

  /** MaxPoolGrad(input, output, dy). */
  private static List<Operand<?>> maxPoolGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    return List.of(NoGradient.NONE, NoGradient.NONE, PickedByMaxima.of(tf, op, v.get(0)));
  }

  /** MaxPoolGradGrad(input, output, dy). */
  private static List<Operand<?>> maxPoolGradGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    return List.of(
        NoGradient.NONE,
        NoGradient.NONE,
        like(tf, op, "MaxPoolGrad", op.input(0), op.input(1), v.get(0)));
  }

  /** MaxPoolGradV2(input, output, dy, ksize, strides). */
  private static List<Operand<?>> maxPoolGradV2(Ops tf, GraphOperation op, List<Output<?>> v) {
    return List.of(
        NoGradient.NONE,
        NoGradient.NONE,
        PickedByMaxima.of(tf, op, v.get(0)),
        NoGradient.NONE,
        NoGradient.NONE);
  }

  /** AvgPoolGrad(shape of the input, dy). */
  private static List<Operand<?>> avgPoolGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    return List.of(NoGradient.NONE, like(tf, op, "AvgPool", v.get(0)));
  }

  /** Adds an operation with the window of another. */
  private static Output<?> like(Ops tf, GraphOperation op, String type, Output<?>... inputs) {
    OperationAttributeInspector attributes = op.attributes();
    return RawOps.builder(tf, type, inputs)
        .setAttr("ksize", attributes.getAttrIntList("ksize"))
        .setAttr("strides", attributes.getAttrIntList("strides"))
        .setAttr("padding", attributes.getAttrString("padding"))
        .setAttr("data_format", attributes.getAttrString("data_format"))
        .build()
        .output(0);
  }
}
