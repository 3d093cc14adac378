package org.xgradient.graph.homogeneity;

import static org.xgradient.graph.homogeneity.ArithmeticCases.vector;
import static org.xgradient.graph.homogeneity.RawOperation.add;
import static org.xgradient.graph.homogeneity.ScalingCase.proved;
import static org.xgradient.graph.homogeneity.ScalingCase.refused;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What moves, joins and reduces values. */
public final class StructuralCases {

  private StructuralCases() {}

  public static Stream<ScalingCase> all() {
    return Stream.of(passing(), indexing(), splitting(), padding(), joining(), masking(), casting())
        .flatMap(List::stream);
  }

  private static Operand<TInt32> ints(Ops tf, int... values) {
    return tf.constant(values);
  }

  private static List<ScalingCase> passing() {
    return List.of(
        proved(1, "Identity", (tf, x) -> add(tf, "Identity", x)),
        proved(1, "Snapshot", (tf, x) -> add(tf, "Snapshot", x)),
        proved(1, "EnsureShape", (tf, x) -> shaped(tf, "EnsureShape", x)),
        proved(1, "PlaceholderWithDefault", (tf, x) -> shaped(tf, "PlaceholderWithDefault", x)),
        proved(
            1,
            "CheckNumerics",
            (tf, x) ->
                RawOperation.of(tf, "CheckNumerics")
                    .in(x)
                    .with(op -> op.setAttr("message", ""))
                    .output()),
        proved(1, "IdentityN", (tf, x) -> RawOperation.of(tf, "IdentityN").list(x).output()),
        proved(
            2,
            "IdentityN",
            (tf, x) -> RawOperation.of(tf, "IdentityN").list(x, tf.math.square(x)).output(1)),
        proved(1, "Reshape", (tf, x) -> add(tf, "Reshape", x, ints(tf, 6, 4))),
        proved(1, "Transpose", (tf, x) -> add(tf, "Transpose", x, ints(tf, 1, 0))),
        proved(1, "ExpandDims", (tf, x) -> add(tf, "ExpandDims", x, tf.constant(1))),
        proved(1, "Squeeze", (tf, x) -> add(tf, "Squeeze", tf.expandDims(x, tf.constant(1)))),
        proved(1, "Tile", (tf, x) -> add(tf, "Tile", x, ints(tf, 1, 2))),
        proved(1, "BroadcastTo", (tf, x) -> add(tf, "BroadcastTo", x, ints(tf, 3, 4, 6))),
        proved(1, "Fill", (tf, x) -> add(tf, "Fill", ints(tf, 3), tf.reduceSum(x, ints(tf, 0, 1)))),
        proved(
            1,
            "Reverse",
            (tf, x) -> add(tf, "Reverse", x, tf.constant(new boolean[] {false, true}))),
        proved(1, "ReverseV2", (tf, x) -> add(tf, "ReverseV2", x, ints(tf, 1))),
        proved(1, "Roll", (tf, x) -> add(tf, "Roll", x, ints(tf, 2), ints(tf, 1))),
        proved(
            1,
            "MatrixBandPart",
            (tf, x) -> add(tf, "MatrixBandPart", x, tf.constant(1L), tf.constant(1L))));
  }

  private static Operand<TFloat32> shaped(Ops tf, String type, Operand<TFloat32> x) {
    return RawOperation.of(tf, type).in(x).with(op -> op.setAttr("shape", Shape.of(4, 6))).output();
  }

  private static List<ScalingCase> indexing() {
    return List.of(
        proved(1, "Slice", (tf, x) -> add(tf, "Slice", x, ints(tf, 0, 1), ints(tf, 4, 3))),
        proved(
            1,
            "StridedSlice",
            (tf, x) -> add(tf, "StridedSlice", x, ints(tf, 0, 1), ints(tf, 4, 6), ints(tf, 1, 2))),
        proved(1, "Gather", (tf, x) -> add(tf, "Gather", x, ints(tf, 2, 0))),
        proved(1, "GatherV2", (tf, x) -> add(tf, "GatherV2", x, ints(tf, 5, 0), tf.constant(1))),
        // The largest feature of the first row, wherever it is.
        proved(
            1,
            "GatherV2",
            (tf, x) -> {
              var largest = tf.math.argMax(x, tf.constant(1), TInt32.class);
              return add(tf, "GatherV2", x, largest, tf.constant(1));
            }),
        proved(
            1,
            "GatherNd",
            (tf, x) -> add(tf, "GatherNd", x, tf.constant(new int[][] {{1, 2}, {0, 5}}))));
  }

  private static List<ScalingCase> splitting() {
    return List.of(
        proved(
            1,
            "Split",
            (tf, x) ->
                RawOperation.of(tf, "Split")
                    .in(tf.constant(1), x)
                    .with(op -> op.setAttr("num_split", 2L))
                    .output(1)),
        proved(
            1,
            "SplitV",
            (tf, x) ->
                RawOperation.of(tf, "SplitV")
                    .in(x, ints(tf, 2, 4), tf.constant(1))
                    .with(op -> op.setAttr("num_split", 2L))
                    .output(1)),
        proved(
            1,
            "Unpack",
            (tf, x) ->
                RawOperation.of(tf, "Unpack")
                    .in(x)
                    .with(op -> op.setAttr("num", 6L).setAttr("axis", 1L))
                    .output(3)));
  }

  private static List<ScalingCase> padding() {
    int[][] border = {{0, 0}, {1, 2}};
    return List.of(
        proved(1, "Pad", (tf, x) -> add(tf, "Pad", x, tf.constant(border))),
        proved(1, "PadV2", (tf, x) -> add(tf, "PadV2", x, tf.constant(border), tf.constant(0f))),
        // Infinity is a multiple of itself; the maximum of a window then leaves it out.
        proved(
            1,
            "PadV2",
            (tf, x) -> {
              var padded =
                  add(tf, "PadV2", x, tf.constant(border), tf.constant(Float.NEGATIVE_INFINITY));
              return tf.reduceMax(padded, tf.constant(1));
            }),
        refused(
            "pads with the constant c",
            "PadV2",
            (tf, x) ->
                add(
                    tf,
                    "PadV2",
                    tf.nn.relu(x),
                    tf.constant(border),
                    tf.withName("c").constant(1f))),
        proved(
            1,
            "MirrorPad",
            (tf, x) ->
                RawOperation.of(tf, "MirrorPad")
                    .in(x, tf.constant(border))
                    .with(op -> op.setAttr("mode", "REFLECT"))
                    .output()));
  }

  private static List<ScalingCase> joining() {
    return List.of(
        proved(1, "Pack", (tf, x) -> RawOperation.of(tf, "Pack").list(x, tf.nn.relu(x)).output()),
        proved(1, "ConcatV2", (tf, x) -> tf.concat(List.of(x, tf.zerosLike(x)), tf.constant(1))),
        refused(
            "concatenates the constant c",
            "ConcatV2",
            (tf, x) -> {
              var one = tf.withName("c").constant(new float[][] {{1}, {1}, {1}, {1}});
              return tf.concat(List.of(tf.nn.relu(x), one), tf.constant(1));
            }),
        refused(
            "different degrees, 1 and 2",
            "ConcatV2",
            (tf, x) -> tf.concat(List.of(x, tf.math.square(x)), tf.constant(1))),
        proved(
            1,
            "Concat",
            (tf, x) ->
                RawOperation.of(tf, "Concat").in(tf.constant(1)).list(x, tf.nn.relu(x)).output()),
        proved(1, "Select", (tf, x) -> add(tf, "Select", positive(tf, x), x, tf.math.neg(x))),
        proved(1, "SelectV2", (tf, x) -> add(tf, "SelectV2", positive(tf, x), x, tf.zerosLike(x))),
        refused(
            "selects from the constant c",
            "SelectV2",
            (tf, x) -> add(tf, "SelectV2", positive(tf, x), x, vector(tf, 1, 2, 3, 4, 5, 6))),
        refused(
            "compares with the constant c",
            "Greater",
            (tf, x) ->
                add(
                    tf,
                    "SelectV2",
                    tf.math.greater(tf.math.abs(x), vector(tf, 1, 1, 1, 1, 1, 1)),
                    x,
                    tf.math.neg(x))));
  }

  /** What is left out of a maximum is set to minus infinity, which is a multiple of itself. */
  private static List<ScalingCase> masking() {
    return List.of(
        proved(
            1,
            "SelectV2",
            (tf, x) -> {
              var lowest = tf.constant(Float.NEGATIVE_INFINITY);
              return tf.reduceMax(add(tf, "SelectV2", mask(tf), x, lowest), tf.constant(1));
            }),
        proved(
            1,
            "SelectV2",
            (tf, x) -> {
              var lowest = tf.fill(tf.shape(x), tf.constant(Float.NEGATIVE_INFINITY));
              return tf.reduceMax(add(tf, "SelectV2", mask(tf), x, lowest), tf.constant(1));
            }),
        proved(
            1,
            "SelectV2",
            (tf, x) -> {
              var lowest =
                  add(
                      tf,
                      "SelectV2",
                      mask(tf),
                      tf.zerosLike(x),
                      tf.constant(Float.NEGATIVE_INFINITY));
              return tf.reduceMax(tf.math.add(x, lowest), tf.constant(1));
            }),
        refused(
            "selects from the constant c",
            "SelectV2",
            (tf, x) -> {
              var low = tf.withName("c").constant(0.5f);
              return tf.reduceMax(add(tf, "SelectV2", mask(tf), x, low), tf.constant(1));
            }),
        proved(
            1,
            "Reshape",
            (tf, x) -> {
              var shifted = tf.math.add(tf.reshape(x, ints(tf, 4, 3, 2)), tf.constant(1f));
              return add(tf, "Reshape", x, tf.shape(shifted));
            }));
  }

  private static Operand<?> mask(Ops tf) {
    return tf.constant(new boolean[] {true, false, true, true, false, true});
  }

  private static Operand<?> positive(Ops tf, Operand<TFloat32> x) {
    return tf.math.greater(x, tf.constant(0f));
  }

  private static List<ScalingCase> casting() {
    return List.of(
        proved(1, "Cast", (tf, x) -> cast(tf, cast(tf, x, DataType.DT_DOUBLE), DataType.DT_FLOAT)),
        proved(0, "Cast", (tf, x) -> cast(tf, cast(tf, x, DataType.DT_BOOL), DataType.DT_FLOAT)),
        refused(
            "casts to DT_INT32",
            "Cast",
            (tf, x) -> cast(tf, cast(tf, x, DataType.DT_INT32), DataType.DT_FLOAT)));
  }

  private static Operand<TFloat32> cast(Ops tf, Operand<?> x, DataType to) {
    return RawOperation.of(tf, "Cast").in(x).with(op -> op.setAttr("DstT", to)).output();
  }
}
