package org.xgradient.graph.homogeneity;

import static org.xgradient.graph.homogeneity.RawOperation.add;
import static org.xgradient.graph.homogeneity.ScalingCase.proved;
import static org.xgradient.graph.homogeneity.ScalingCase.refused;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** Sums, products, powers and functions of one operand. */
public final class ArithmeticCases {

  private ArithmeticCases() {}

  public static Stream<ScalingCase> all() {
    return Stream.of(sums(), products(), quotients(), powers(), extrema(), linear())
        .flatMap(List::stream);
  }

  /** Fixed numbers of both signs, none of them zero. */
  static Operand<TFloat32> weights(Ops tf, int... shape) {
    float[] values = new float[ImmutableIntArray.copyOf(shape).stream().reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i + 1);
    }
    return tf.reshape(tf.constant(values), tf.constant(shape));
  }

  static Operand<TFloat32> vector(Ops tf, float... values) {
    return tf.withName("c").constant(values);
  }

  private static Operand<TFloat32> relu(Ops tf, Operand<TFloat32> x) {
    return tf.nn.relu(x);
  }

  private static Operand<TFloat32> abs(Ops tf, Operand<TFloat32> x) {
    return tf.math.abs(x);
  }

  private static List<ScalingCase> sums() {
    float[] ones = {1, 1, 1, 1, 1, 1};
    return List.of(
        proved(1, "Add", (tf, x) -> add(tf, "Add", x, relu(tf, x))),
        proved(1, "AddV2", (tf, x) -> add(tf, "AddV2", x, relu(tf, x))),
        proved(1, "AddV2", (tf, x) -> add(tf, "AddV2", x, tf.zerosLike(x))),
        proved(1, "AddV2", (tf, x) -> add(tf, "AddV2", x, tf.fill(tf.shape(x), tf.constant(0f)))),
        refused(
            "adds the constant c",
            "AddV2",
            (tf, x) -> add(tf, "AddV2", relu(tf, x), vector(tf, ones))),
        refused("adds OnesLike", "AddV2", (tf, x) -> add(tf, "AddV2", relu(tf, x), tf.onesLike(x))),
        refused(
            "adds the constant c", "Add", (tf, x) -> add(tf, "Add", vector(tf, ones), relu(tf, x))),
        refused(
            "different degrees, 1 and 2",
            "AddV2",
            (tf, x) -> add(tf, "AddV2", x, tf.math.square(x))),
        refused(
            "different degrees, 1 and 0", "AddV2", (tf, x) -> add(tf, "AddV2", x, tf.math.sign(x))),
        proved(0, "AddV2", (tf, x) -> add(tf, "AddV2", tf.math.sign(x), vector(tf, ones))),
        proved(1, "AddN", (tf, x) -> RawOperation.of(tf, "AddN").list(x, relu(tf, x)).output()),
        refused(
            "adds the constant c",
            "AddN",
            (tf, x) -> RawOperation.of(tf, "AddN").list(relu(tf, x), x, weights24(tf)).output()),
        proved(
            1,
            "AccumulateNV2",
            (tf, x) ->
                RawOperation.of(tf, "AccumulateNV2")
                    .list(x, relu(tf, x))
                    .with(op -> op.setAttr("shape", Shape.of(4, 6)))
                    .output()),
        proved(1, "BiasAdd", (tf, x) -> add(tf, "BiasAdd", x, vector(tf, new float[6]))),
        refused(
            "adds the constant c",
            "BiasAdd",
            (tf, x) -> add(tf, "BiasAdd", relu(tf, x), vector(tf, ones))),
        proved(1, "BiasAddV1", (tf, x) -> add(tf, "BiasAddV1", x, vector(tf, new float[6]))),
        proved(1, "Sub", (tf, x) -> add(tf, "Sub", x, relu(tf, x))),
        refused(
            "subtracts the constant c",
            "Sub",
            (tf, x) -> add(tf, "Sub", vector(tf, ones), relu(tf, x))),
        refused(
            "the inputs are normalised inside the graph",
            "Sub",
            (tf, x) -> relu(tf, add(tf, "Sub", tf.math.mul(x, tf.constant(2f)), vector(tf, ones)))),
        // One of several inputs that stand side by side.
        refused(
            "the inputs are normalised inside the graph",
            "Sub",
            (tf, x) -> {
              var first = tf.split(tf.constant(1), x, 2L).output().get(0);
              var three = vector(tf, new float[] {1, 2, 3});
              return relu(tf, add(tf, "Sub", tf.math.mul(first, tf.constant(2f)), three));
            }),
        refused(
            "subtracts the constant c",
            "Sub",
            (tf, x) ->
                tf.identity(add(tf, "Sub", tf.math.mul(x, tf.constant(2f)), vector(tf, ones)))),
        proved(2, "SquaredDifference", (tf, x) -> add(tf, "SquaredDifference", x, relu(tf, x))),
        refused(
                "subtracts the constant c",
                "SquaredDifference",
                (tf, x) -> add(tf, "SquaredDifference", relu(tf, x), vector(tf, ones)))
            .insteadOfDegree(2));
  }

  private static Operand<TFloat32> weights24(Ops tf) {
    float[][] values = new float[4][6];
    values[1][1] = 1;
    return tf.withName("c").constant(values);
  }

  private static List<ScalingCase> products() {
    return List.of(
        proved(1, "Mul", (tf, x) -> add(tf, "Mul", x, weights(tf, 6))),
        proved(2, "Mul", (tf, x) -> add(tf, "Mul", x, relu(tf, x))),
        proved(3, "Mul", (tf, x) -> add(tf, "Mul", x, tf.math.square(x))),
        // Nothing is added, whatever its degree.
        proved(
            1,
            "Mul",
            (tf, x) -> {
              var nothing = add(tf, "Mul", add(tf, "Mul", tf.constant(0f), x), x);
              return tf.math.add(x, nothing);
            }),
        proved(1, "ReluGrad", (tf, x) -> add(tf, "ReluGrad", x, tf.math.square(x))),
        proved(0, "ReluGrad", (tf, x) -> add(tf, "ReluGrad", weights24(tf), x)),
        // The exponents are rounded to floats, and so is their product, 1.0000000298.
        proved(
            1,
            "Pow",
            (tf, x) -> {
              var root = tf.math.pow(abs(tf, x), tf.constant(1 / 3f));
              return tf.math.add(x, add(tf, "Pow", root, tf.constant(3f)));
            }),
        proved(2, "MulNoNan", (tf, x) -> add(tf, "MulNoNan", x, relu(tf, x))),
        proved(1, "MatMul", (tf, x) -> add(tf, "MatMul", x, weights(tf, 6, 3))),
        proved(
            2,
            "MatMul",
            (tf, x) -> add(tf, "MatMul", x, tf.linalg.transpose(x, tf.constant(new int[] {1, 0})))),
        proved(2, "BatchMatMul", (tf, x) -> batchProduct(tf, "BatchMatMul", x).output()),
        proved(2, "BatchMatMulV2", (tf, x) -> batchProduct(tf, "BatchMatMulV2", x).output()),
        proved(
            2,
            "BatchMatMulV3",
            (tf, x) ->
                batchProduct(tf, "BatchMatMulV3", x)
                    .with(op -> op.setAttr("Tout", DataType.DT_FLOAT))
                    .output()),
        proved(
            2,
            "Einsum",
            (tf, x) ->
                RawOperation.of(tf, "Einsum")
                    .list(x, relu(tf, x))
                    .with(op -> op.setAttr("equation", "bi,bj->bij"))
                    .output()));
  }

  private static RawOperation batchProduct(Ops tf, String type, Operand<TFloat32> x) {
    var matrices = tf.reshape(x, tf.constant(new int[] {4, 2, 3}));
    return RawOperation.of(tf, type).in(matrices, matrices).with(op -> op.setAttr("adj_y", true));
  }

  private static List<ScalingCase> quotients() {
    return List.of(
        proved(1, "RealDiv", (tf, x) -> add(tf, "RealDiv", x, weights(tf, 6))),
        proved(-1, "RealDiv", (tf, x) -> add(tf, "RealDiv", weights(tf, 6), x)),
        proved(1, "Div", (tf, x) -> add(tf, "Div", x, weights(tf, 6))),
        proved(1, "DivNoNan", (tf, x) -> add(tf, "DivNoNan", tf.math.square(x), abs(tf, x))),
        proved(0, "DivNoNan", (tf, x) -> add(tf, "DivNoNan", x, abs(tf, x))),
        proved(1, "Xdivy", (tf, x) -> add(tf, "Xdivy", tf.math.square(x), abs(tf, x))));
  }

  private static List<ScalingCase> powers() {
    return List.of(
        proved(1.5, "Pow", (tf, x) -> add(tf, "Pow", abs(tf, x), tf.constant(1.5f))),
        refused(
            "its exponents differ: [1.0, 2.0]",
            "Pow",
            (tf, x) -> add(tf, "Pow", abs(tf, x), vector(tf, 1, 2, 1, 2, 1, 2))),
        refused(
            "its exponent is Infinity",
            "Pow",
            (tf, x) -> add(tf, "Pow", abs(tf, x), tf.constant(Float.POSITIVE_INFINITY))),
        refused(
            "its exponent depends on the inputs",
            "Pow",
            (tf, x) -> add(tf, "Pow", abs(tf, x), tf.math.sign(x))),
        refused(
                "its exponent, Neg, is not known",
                "Pow",
                (tf, x) -> add(tf, "Pow", abs(tf, x), tf.math.neg(tf.constant(2f))))
            .withoutNumbers(),
        proved(2, "Square", (tf, x) -> add(tf, "Square", x)),
        proved(0.5, "Sqrt", (tf, x) -> add(tf, "Sqrt", abs(tf, x))),
        proved(-0.5, "Rsqrt", (tf, x) -> add(tf, "Rsqrt", abs(tf, x))),
        proved(-1, "Reciprocal", (tf, x) -> add(tf, "Reciprocal", x)),
        proved(-1, "Inv", (tf, x) -> add(tf, "Inv", x)),
        proved(2, "L2Loss", (tf, x) -> add(tf, "L2Loss", x)),
        proved(1, "Neg", (tf, x) -> add(tf, "Neg", x)),
        proved(1, "Abs", (tf, x) -> add(tf, "Abs", x)),
        proved(1, "Relu", (tf, x) -> add(tf, "Relu", x)),
        proved(
            1,
            "LeakyRelu",
            (tf, x) ->
                RawOperation.of(tf, "LeakyRelu")
                    .in(x)
                    .with(op -> op.setAttr("alpha", 3f))
                    .output()));
  }

  private static List<ScalingCase> extrema() {
    float infinity = Float.POSITIVE_INFINITY;
    return List.of(
        proved(1, "Maximum", (tf, x) -> add(tf, "Maximum", x, tf.constant(0f))),
        proved(1, "Maximum", (tf, x) -> add(tf, "Maximum", x, tf.math.neg(x))),
        refused(
            "takes the maximum with the constant c",
            "Maximum",
            (tf, x) -> add(tf, "Maximum", relu(tf, x), vector(tf, 1))),
        refused(
            "different degrees, 1 and 2",
            "Maximum",
            (tf, x) -> add(tf, "Maximum", x, tf.math.square(x))),
        proved(1, "Minimum", (tf, x) -> add(tf, "Minimum", x, tf.constant(0f))),
        refused(
            "takes the minimum with the constant c",
            "Minimum",
            (tf, x) -> add(tf, "Minimum", relu(tf, x), vector(tf, 1))),
        proved(
            1,
            "ClipByValue",
            (tf, x) -> add(tf, "ClipByValue", x, tf.constant(0f), tf.constant(infinity))),
        refused(
            "clips at the constant",
            "ClipByValue",
            (tf, x) -> add(tf, "ClipByValue", x, tf.constant(-1f), tf.constant(1f))));
  }

  private static List<ScalingCase> linear() {
    return List.of(
        proved(
                1,
                "Conv2D",
                (tf, x) -> convolution(tf, "Conv2D", 4).in(x, weights(tf, 3, 3, 2, 3)).output())
            .onImages(),
        proved(
                1,
                "DepthwiseConv2dNative",
                (tf, x) ->
                    convolution(tf, "DepthwiseConv2dNative", 4)
                        .in(x, weights(tf, 3, 3, 2, 1))
                        .output())
            .onImages(),
        proved(
                1,
                "Conv2DBackpropInput",
                (tf, x) ->
                    convolution(tf, "Conv2DBackpropInput", 4)
                        .in(tf.constant(new int[] {4, 4, 4, 3}), weights(tf, 3, 3, 3, 2), x)
                        .output())
            .onImages(),
        proved(
                1,
                "Conv3D",
                (tf, x) ->
                    convolution(tf, "Conv3D", 5)
                        .in(
                            tf.reshape(x, tf.constant(new int[] {4, 4, 2, 2, 2})),
                            weights(tf, 2, 2, 2, 2, 1))
                        .output())
            .onImages());
  }

  private static RawOperation convolution(Ops tf, String type, int rank) {
    return RawOperation.of(tf, type).with(op -> window(op, "strides", rank, 1));
  }

  /** Sets a window of a size that is 1 along batch and channels, and SAME padding. */
  static void window(OperationBuilder op, String name, int rank, long size) {
    long[] window = new long[rank];
    for (int i = 0; i < rank; i++) {
      window[i] = i == 0 || i == rank - 1 ? 1 : size;
    }
    op.setAttr(name, window).setAttr("padding", "SAME");
  }
}
