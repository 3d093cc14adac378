package org.xgradient.graph.gradient;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The gradients of operations that graphs of older versions have, and that TensorFlow knows in
 * their newer form only. They are made of operations that have gradients themselves.
 */
final class OlderGradients {

  static final ImmutableMap<String, RawCustomGradient> ALL =
      ImmutableMap.<String, RawCustomGradient>builder()
          .put("BiasAddV1", OlderGradients::biasAdd)
          .put("Concat", OlderGradients::concat)
          .put("Gather", OlderGradients::gather)
          .put("MulNoNan", OlderGradients::mulNoNan)
          .put("Reverse", OlderGradients::reverse)
          .put("FusedBatchNorm", OlderGradients::batchNorm)
          .put("FusedBatchNormV2", OlderGradients::batchNorm)
          .put("ExtractImagePatches", OlderGradients::imagePatches)
          .buildOrThrow();

  private OlderGradients() {}

  /** BiasAddV1(value, bias): the bias is along the last axis. */
  private static List<Operand<?>> biasAdd(Ops tf, GraphOperation op, List<Output<?>> v) {
    var gradient = RawOps.typed(v.get(0));
    return List.of(tf.identity(gradient), sumTo(tf, gradient, tf.shape(op.input(1))));
  }

  /** Concat(axis, values...). */
  private static List<Operand<?>> concat(Ops tf, GraphOperation op, List<Output<?>> v) {
    List<Output<?>> shapes = new ArrayList<>();
    for (int i = 1; i < op.numInputs(); i++) {
      shapes.add(tf.shape(op.input(i)).asOutput());
    }
    var offsets =
        RawOps.builder(tf, "ConcatOffset", op.input(0))
            .addInputList(shapes.toArray(Output<?>[]::new))
            .build();
    List<Operand<?>> gradients = new ArrayList<>();
    gradients.add(tf.zerosLike(op.input(0)));
    for (int i = 0; i < shapes.size(); i++) {
      gradients.add(RawOps.add(tf, "Slice", v.get(0), offsets.output(i), shapes.get(i)));
    }
    return gradients;
  }

  /** Gather(params, indices) takes entries along the first axis. */
  private static List<Operand<?>> gather(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TInt32> rows = axis(tf, op.input(0), 0);
    return List.of(
        RawOps.add(tf, "UnsortedSegmentSum", v.get(0), op.input(1), rows.asOutput()),
        tf.zerosLike(op.input(1)));
  }

  /** MulNoNan(x, y) is 0 where y is, whatever x is. */
  private static List<Operand<?>> mulNoNan(Ops tf, GraphOperation op, List<Output<?>> v) {
    return List.of(
        sumTo(tf, RawOps.add(tf, "MulNoNan", v.get(0), op.input(1)), tf.shape(op.input(0))),
        sumTo(tf, RawOps.add(tf, "MulNoNan", op.input(0), v.get(0)), tf.shape(op.input(1))));
  }

  /** Reverse(tensor, which axes). */
  private static List<Operand<?>> reverse(Ops tf, GraphOperation op, List<Output<?>> v) {
    return List.of(RawOps.add(tf, "Reverse", v.get(0), op.input(1)), tf.zerosLike(op.input(1)));
  }

  /** (x - mean) scale / √(variance + ε) + offset, of given means and variances. */
  private static List<Operand<?>> batchNorm(Ops tf, GraphOperation op, List<Output<?>> v) {
    OperationAttributeInspector attributes = op.attributes();
    if (attributes.getAttrBool("is_training")) {
      throw new IllegalArgumentException(
          "%s must be in inference mode, found one that takes the means of the batch; export the"
                  .formatted(op.name())
              + " model in inference mode");
    }
    boolean channelsFirst = attributes.getAttrString("data_format").startsWith("NC");
    var gradient = RawOps.typed(v.get(0));
    var scale = alongChannels(tf, op.input(1), channelsFirst);
    var mean = alongChannels(tf, op.input(3), channelsFirst);
    var variance = alongChannels(tf, op.input(4), channelsFirst);
    var centred = tf.math.sub(RawOps.typed(op.input(0)), mean);
    var inverse =
        tf.math.rsqrt(tf.math.add(variance, tf.constant(attributes.getAttrFloat("epsilon"))));
    var ofInput = tf.math.mul(gradient, tf.math.mul(scale, inverse));
    var ofScale = tf.math.mul(gradient, tf.math.mul(centred, inverse));
    var ofVariance =
        tf.math.mul(
            tf.constant(-0.5f),
            tf.math.mul(ofInput, tf.math.mul(centred, tf.math.square(inverse))));
    return List.of(
        ofInput,
        ofChannels(tf, ofScale, channelsFirst),
        ofChannels(tf, gradient, channelsFirst),
        ofChannels(tf, tf.math.neg(ofInput), channelsFirst),
        ofChannels(tf, ofVariance, channelsFirst));
  }

  private static Operand<TInt32> axis(Ops tf, Output<?> operand, int axis) {
    return tf.gather(tf.shape(operand), tf.constant(axis), tf.constant(0));
  }

  private static Operand<TFloat32> alongChannels(Ops tf, Output<?> vector, boolean channelsFirst) {
    return channelsFirst
        ? tf.reshape(RawOps.typed(vector), tf.constant(new int[] {1, -1, 1, 1}))
        : RawOps.typed(vector);
  }

  private static Operand<TFloat32> ofChannels(
      Ops tf, Operand<TFloat32> images, boolean channelsFirst) {
    return tf.sum(images, tf.constant(channelsFirst ? new int[] {0, 2, 3} : new int[] {0, 1, 2}));
  }

  /**
   * ExtractImagePatches(images) is a convolution whose filters each pick one value of a window, and
   * so its gradient is that of a convolution.
   */
  private static List<Operand<?>> imagePatches(Ops tf, GraphOperation op, List<Output<?>> v) {
    OperationAttributeInspector attributes = op.attributes();
    long[] window = attributes.getAttrIntList("ksizes");
    // Computed, for a callback must not ask the graph for a shape: it would wait for itself.
    Operand<TInt32> channels = axis(tf, op.input(0), 3);
    Operand<TInt32> picked = tf.math.mul(channels, tf.constant((int) (window[1] * window[2])));
    Operand<TInt32> shape =
        tf.stack(
            List.of(tf.constant((int) window[1]), tf.constant((int) window[2]), channels, picked));
    Operand<TFloat32> ones = tf.fill(tf.expandDims(picked, tf.constant(0)), tf.constant(1f));
    Operand<TFloat32> filters = tf.reshape(tf.linalg.tensorDiag(ones), shape);
    return List.of(
        RawOps.builder(
                tf,
                "Conv2DBackpropInput",
                tf.shape(op.input(0)).asOutput(),
                filters.asOutput(),
                v.get(0))
            .setAttr("strides", attributes.getAttrIntList("strides"))
            .setAttr("dilations", attributes.getAttrIntList("rates"))
            .setAttr("padding", attributes.getAttrString("padding"))
            .build()
            .output(0));
  }

  /** Sums over the axes along which an operand of a shape was repeated. */
  private static Operand<TFloat32> sumTo(
      Ops tf, Operand<TFloat32> gradient, Operand<TInt32> shape) {
    Operand<TInt32> repeated =
        RawOps.builder(tf, "BroadcastGradientArgs", shape.asOutput(), tf.shape(gradient).asOutput())
            .build()
            .output(0);
    return tf.reshape(tf.sum(gradient, repeated), shape);
  }
}
