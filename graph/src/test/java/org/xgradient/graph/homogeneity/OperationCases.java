package org.xgradient.graph.homogeneity;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.gradient.GradientCase;

/** Operations that no layer has, but an imported model or a user's own method may have. */
@SuppressWarnings("exports")
public final class OperationCases {

  private static final Shape MATRIX = Shape.of(3, 4);
  private static final Shape IMAGES = Shape.of(2, 4, 4, 3);
  private static final Shape VOLUMES = Shape.of(1, 2, 3, 2, 2);
  private static final Shape PIXELS = Shape.of(5, 1, 1, 3);

  /** Adds the operation to a graph. */
  @FunctionalInterface
  private interface Operation {
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z);
  }

  private OperationCases() {}

  public static Stream<GradientCase> gradientCases() {
    return Stream.of(
        of("Relu6", MATRIX, (tf, z) -> tf.nn.relu6(tf.math.mul(z, tf.constant(5f)))),
        of("Selu", MATRIX, (tf, z) -> tf.nn.selu(z)),
        of("Sqrt", MATRIX, (tf, z) -> tf.math.sqrt(positive(tf, z))),
        of("Rsqrt", MATRIX, (tf, z) -> tf.math.rsqrt(positive(tf, z))),
        of("OnesLike", MATRIX, (tf, z) -> tf.math.add(z, tf.onesLike(z))),
        of("Snapshot", MATRIX, (tf, z) -> unary(tf, "Snapshot", z)),
        of("EnsureShape", MATRIX, (tf, z) -> tf.ensureShape(z, MATRIX)),
        of("PlaceholderWithDefault", MATRIX, (tf, z) -> tf.placeholderWithDefault(z, MATRIX)),
        of("IdentityN", MATRIX, OperationCases::identityN),
        of("StridedSlice", MATRIX, OperationCases::stridedSlice),
        of(
            "AccumulateNV2",
            MATRIX,
            (tf, z) ->
                RawOperation.of(tf, "AccumulateNV2")
                    .list(z, tf.math.square(z), z)
                    .with(op -> op.setAttr("shape", MATRIX))
                    .output()),
        of(
            "EuclideanNorm",
            MATRIX,
            (tf, z) -> RawOperation.add(tf, "EuclideanNorm", z, tf.constant(1))),
        of(
            "EuclideanNorm of all",
            MATRIX,
            (tf, z) -> RawOperation.add(tf, "EuclideanNorm", z, tf.constant(new int[] {0, 1}))),
        of("TopKV2", MATRIX, (tf, z) -> RawOperation.add(tf, "TopKV2", z, tf.constant(2))),
        of("Xdivy", MATRIX, (tf, z) -> RawOperation.add(tf, "Xdivy", z, positive(tf, z))),
        of(
            "Xdivy by a row",
            MATRIX,
            (tf, z) -> RawOperation.add(tf, "Xdivy", z, positive(tf, tf.sum(z, tf.constant(0))))),
        of(
            "MaxPoolWithArgmax",
            IMAGES,
            (tf, z) ->
                RawOperation.of(tf, "MaxPoolWithArgmax")
                    .in(z)
                    .with(op -> op.setAttr("ksize", new long[] {1, 2, 3, 1}))
                    .with(op -> op.setAttr("strides", new long[] {1, 1, 2, 1}))
                    .with(op -> op.setAttr("padding", "SAME"))
                    .output()),
        of("DepthwiseConv2dNative", IMAGES, OperationCases::depthwise),
        of("AvgPool", IMAGES, (tf, z) -> pooling(tf, "AvgPool", z)),
        of("MaxPool", IMAGES, (tf, z) -> pooling(tf, "MaxPool", z)),
        of("MaxPoolV2", IMAGES, (tf, z) -> maxPoolV2(tf, z, 2, 2, "VALID")),
        of("MaxPoolV2 at every pixel", IMAGES, (tf, z) -> maxPoolV2(tf, z, 1, 1, "VALID")),
        of("MaxPoolV2 SAME at every pixel", IMAGES, (tf, z) -> maxPoolV2(tf, z, 2, 1, "SAME")),
        of("MaxPoolV2 SAME", IMAGES, (tf, z) -> maxPoolV2(tf, z, 3, 2, "SAME")),
        of("MaxPoolV2 SAME of one pixel", PIXELS, (tf, z) -> maxPoolV2(tf, z, 3, 2, "SAME")),
        of("MaxPoolGradGrad", IMAGES, OperationCases::maxPoolGradGrad),
        of(
            "BiasAddV1",
            MATRIX,
            (tf, z) -> RawOperation.add(tf, "BiasAddV1", z, tf.sum(z, tf.constant(0)))),
        of(
            "Concat",
            MATRIX,
            (tf, z) ->
                RawOperation.of(tf, "Concat")
                    .in(tf.constant(1))
                    .list(tf.math.square(z), z)
                    .output()),
        of(
            "Gather",
            MATRIX,
            (tf, z) -> RawOperation.add(tf, "Gather", z, tf.constant(new int[] {1, 0, 1}))),
        of(
            "MulNoNan by a row",
            MATRIX,
            (tf, z) ->
                RawOperation.add(tf, "MulNoNan", z, tf.math.square(tf.sum(z, tf.constant(0))))),
        of(
            "Reverse",
            MATRIX,
            (tf, z) ->
                tf.math.mul(
                    z,
                    RawOperation.add(tf, "Reverse", z, tf.constant(new boolean[] {false, true})))),
        of(
            "ExtractImagePatches",
            IMAGES,
            (tf, z) ->
                RawOperation.of(tf, "ExtractImagePatches")
                    .in(z)
                    .with(op -> op.setAttr("ksizes", new long[] {1, 2, 3, 1}))
                    .with(op -> op.setAttr("strides", new long[] {1, 1, 2, 1}))
                    .with(op -> op.setAttr("rates", new long[] {1, 1, 1, 1}))
                    .with(op -> op.setAttr("padding", "SAME"))
                    .output()),
        of("Conv3D", VOLUMES, OperationCases::volumes));
  }

  private static Operand<TFloat32> volumes(Ops tf, Operand<TFloat32> z) {
    var filters =
        tf.reshape(
            tf.slice(
                tf.reshape(z, tf.constant(new int[] {-1})),
                tf.constant(new int[] {0}),
                tf.constant(new int[] {16})),
            tf.constant(new int[] {2, 2, 1, 2, 2}));
    return RawOperation.of(tf, "Conv3D")
        .in(z)
        .in(filters)
        .with(op -> op.setAttr("strides", new long[] {1, 1, 2, 1, 1}))
        .with(op -> op.setAttr("padding", "SAME"))
        .output();
  }

  /** sum tanh(operation(w x)) v, so that second-order gradients pass the operation. */
  private static GradientCase of(String name, Shape shape, Operation operation) {
    return new GradientCase(
        name,
        session -> {
          Ops tf = session.ops();
          Operand<TFloat32> x = placeholder(tf, shape);
          Operand<TFloat32> w = placeholder(tf, shape);
          var curved = tf.math.tanh(operation.apply(tf, tf.math.mul(w, x)));
          return new GradientCase.Function(x, GradientCase.sum(tf, curved), List.of(w));
        });
  }

  private static Operand<TFloat32> placeholder(Ops tf, Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private static Operand<TFloat32> positive(Ops tf, Operand<TFloat32> z) {
    return tf.math.add(tf.math.square(z), tf.constant(1f));
  }

  /** With a filter that is computed from z, so that its gradient matters too. */
  private static Operand<TFloat32> depthwise(Ops tf, Operand<TFloat32> z) {
    var filter =
        tf.reshape(
            tf.slice(
                tf.reshape(z, tf.constant(new int[] {-1})),
                tf.constant(new int[] {5}),
                tf.constant(new int[] {24})),
            tf.constant(new int[] {2, 2, 3, 2}));
    return RawOperation.of(tf, "DepthwiseConv2dNative")
        .in(z, filter)
        .with(op -> op.setAttr("strides", new long[] {1, 1, 1, 1}))
        .with(op -> op.setAttr("padding", "SAME"))
        .output();
  }

  private static Operand<TFloat32> identityN(Ops tf, Operand<TFloat32> z) {
    var outputs = tf.identityN(List.of(z, tf.math.neg(z))).output();
    return tf.math.sub(
        outputs.get(0).asOutput().expect(TFloat32.class),
        tf.math.mul(outputs.get(1).asOutput().expect(TFloat32.class), tf.constant(0.5f)));
  }

  /** Every second column, backwards. */
  private static Operand<TFloat32> stridedSlice(Ops tf, Operand<TFloat32> z) {
    return tf.stridedSlice(
        z,
        tf.constant(new int[] {0, 3}),
        tf.constant(new int[] {2, 0}),
        tf.constant(new int[] {1, -2}),
        StridedSlice.beginMask(1L),
        StridedSlice.endMask(2L));
  }

  private static Operand<TFloat32> maxPoolV2(
      Ops tf, Operand<TFloat32> z, int size, int stride, String padding) {
    var window = tf.constant(new int[] {1, size, size, 1});
    return tf.nn.maxPool(z, window, tf.constant(new int[] {1, stride, stride, 1}), padding);
  }

  /** Picks from z where a constant image has its maxima. */
  private static Operand<TFloat32> maxPoolGradGrad(Ops tf, Operand<TFloat32> z) {
    float[] ramp = new float[2 * 4 * 4 * 3];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i * 37 % 101;
    }
    Operand<TFloat32> image = tf.reshape(tf.constant(ramp), tf.constant(IMAGES));
    var pooled = pooling(tf, "MaxPool", image);
    return pooling(tf, "MaxPoolGradGrad", image, pooled, z);
  }

  @SafeVarargs
  private static Operand<TFloat32> pooling(Ops tf, String type, Operand<TFloat32>... inputs) {
    OperationBuilder builder =
        tf.scope().env().opBuilder(type, tf.scope().makeOpName(type), tf.scope());
    for (Operand<TFloat32> input : inputs) {
      builder.addInput(input.asOutput());
    }
    long[] window = {1, 2, 2, 1};
    builder.setAttr("ksize", window).setAttr("strides", window).setAttr("padding", "VALID");
    return builder.build().<TFloat32>output(0);
  }

  private static Operand<TFloat32> unary(Ops tf, String type, Operand<TFloat32> z) {
    return tf.scope()
        .env()
        .opBuilder(type, tf.scope().makeOpName(type), tf.scope())
        .addInput(z.asOutput())
        .build()
        .<TFloat32>output(0);
  }
}
