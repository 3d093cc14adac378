package org.xgradient.graph.rows;

import static org.xgradient.graph.rows.RowCase.mixed;
import static org.xgradient.graph.rows.RowCases.einsum;
import static org.xgradient.graph.rows.RowCases.flat;
import static org.xgradient.graph.rows.RowCases.ints;
import static org.xgradient.graph.rows.RowCases.rows;
import static org.xgradient.graph.rows.RowCases.weights;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.homogeneity.RawOperation;

/** Models whose rows know each other in a way that is not followed: nothing is proven of them. */
final class UnfollowedRowCases {

  private UnfollowedRowCases() {}

  static Stream<RowCase> all() {
    return Stream.of(
        mixed(
            "times the number of positive entries of the batch",
            "asks for the shape",
            (tf, x) ->
                times(
                    tf,
                    x,
                    entry(tf, shape(tf, where(tf, tf.math.greater(x, tf.constant(0f)))), 0))),
        mixed(
            "times the length of diagonals",
            "asks for the shape",
            (tf, x) ->
                times(
                    tf,
                    x,
                    entry(tf, shape(tf, RawOperation.of(tf, "MatrixDiag").in(x).output()), 0))),
        mixed(
            "times the number of the other rows",
            "asks for the shape",
            (tf, x) ->
                times(
                    tf, x, entry(tf, shape(tf, tf.slice(x, ints(tf, 1, 0), ints(tf, -1, -1))), 0))),
        mixed(
            "repeated as often as there are rows",
            "repeats rows",
            (tf, x) -> {
              var sum = tf.reduceSum(x, tf.constant(1), ReduceSum.keepDims(true));
              var square = tf.concat(List.of(rows(tf, x), rows(tf, x)), tf.constant(0));
              var wide = tf.broadcastTo(sum, square);
              return tf.reduceSum(wide, tf.constant(1), ReduceSum.keepDims(true));
            }),
        mixed(
            "as many features as rows",
            "takes a part of each row",
            (tf, x) -> {
              var some = tf.math.minimum(rows(tf, x), ints(tf, 6));
              var size = tf.concat(List.of(ints(tf, -1), some), tf.constant(0));
              return sum(tf, tf.slice(x, ints(tf, 0, 0), size));
            }),
        mixed(
            "the largest features, as many as rows",
            "takes numbers",
            (tf, x) -> {
              var some = tf.math.minimum(entry(tf, tf.shape(x), 0), tf.constant(6));
              return sum(tf, RawOperation.of(tf, "TopKV2").in(x, some).output());
            }),
        mixed(
            "features shifted by the number of rows",
            "takes numbers",
            (tf, x) ->
                tf.linalg.matMul(
                    RawOperation.of(tf, "Roll")
                        .in(x, entry(tf, tf.shape(x), 0), tf.constant(1))
                        .output(),
                    weights(tf, 6, 2))),
        mixed(
            "the number of rows, repeated",
            "takes numbers",
            (tf, x) -> {
              Operand<TInt32> counts = tf.fill(ints(tf, 6), entry(tf, tf.shape(x), 0));
              return tf.math.mul(x, tf.dtypes.cast(counts, TFloat32.class));
            }),
        mixed(
            "repeated by a row of a table of sizes",
            "makes a table",
            (tf, x) -> {
              var count = entry(tf, tf.shape(x), 0);
              var one = tf.constant(1);
              var table =
                  tf.stack(List.of(tf.stack(List.of(one, one)), tf.stack(List.of(one, count))));
              var repeats = tf.gather(table, tf.constant(1), tf.constant(0));
              return sum(tf, tf.tile(x, repeats));
            }),
        mixed(
            "as many of the first features as rows, by their square",
            "a shape in which",
            (tf, x) -> {
              var square = tf.math.square(rows(tf, x));
              var ones =
                  tf.fill(tf.concat(List.of(square, ints(tf, 6)), tf.constant(0)), tf.constant(1f));
              var shape = tf.concat(List.of(rows(tf, x), ints(tf, -1)), tf.constant(0));
              return tf.math.mul(x, sum(tf, tf.reshape(ones, shape)));
            }),
        mixed(
            "from the second row of two copies of the batch on",
            "takes some of the entries that rows have several of",
            (tf, x) -> {
              var copies = tf.concat(List.of(x, x), tf.constant(0));
              var size = tf.concat(List.of(rows(tf, x), ints(tf, -1)), tf.constant(0));
              return tf.slice(copies, ints(tf, 1, 0), size);
            }),
        mixed(
            "an axis before the rows that may be of length 1",
            "leaves out the axes of length 1, and names none",
            (tf, x) -> {
              var shape = tf.stack(List.of(hidden(tf), entry(tf, tf.shape(x), 0), tf.constant(6)));
              return tf.squeeze(tf.broadcastTo(x, shape));
            }),
        mixed(
            "joined along the last axis of an unknown number",
            "concatenates along an axis that is not known, for the number of dimensions is not",
            (tf, x) -> {
              var shape = tf.stack(List.of(entry(tf, tf.shape(x), 0), hidden(tf), tf.constant(6)));
              var row = tf.squeeze(tf.broadcastTo(tf.expandDims(x, tf.constant(1)), shape));
              return tf.concat(List.of(row, row), tf.constant(-1));
            }),
        mixed(
            "a bias for each place in the batch",
            "a value of its own",
            (tf, x) -> {
              var columns = tf.linalg.transpose(x, ints(tf, 1, 0));
              Operand<TFloat32> biased =
                  RawOperation.of(tf, "BiasAdd")
                      .in(columns, tf.constant(new float[] {1, 2, 3, 4}))
                      .output();
              return tf.linalg.transpose(biased, ints(tf, 1, 0));
            }),
        mixed(
            "a factor for each place in the batch",
            "a value of its own",
            (tf, x) -> {
              var factors = tf.constant(new float[][] {{1}, {2}, {3}, {4}});
              return tf.math.mul(x, tf.broadcastTo(factors, tf.shape(x)));
            }),
        mixed(
            "whole rows by their place in the batch",
            "selects whole rows",
            (tf, x) ->
                RawOperation.of(tf, "Select")
                    .in(tf.constant(new boolean[] {true, false, true, false}), x, tf.math.neg(x))
                    .output()),
        mixed(
            "from each row the feature of its number",
            "at a place of its own",
            (tf, x) -> tf.math.mul(x, tf.expandDims(einsum(tf, "bb->b", x), tf.constant(1)))),
        mixed(
            "shifted by what is in the rows",
            "numbers of the rows",
            (tf, x) -> {
              var first = tf.slice(x, ints(tf, 0, 0), ints(tf, -1, 1));
              var shift = tf.dtypes.cast(tf.reshape(first, ints(tf, -1)), TInt32.class);
              return RawOperation.of(tf, "Roll").in(x, shift, ints(tf, 1, 1, 1, 1)).output();
            }),
        mixed(
                "places of maxima among all rows",
                "is made of what is not followed",
                (tf, x) -> {
                  Operand<?> places =
                      RawOperation.of(tf, "MaxPoolWithArgmax")
                          .in(x)
                          .with(
                              op ->
                                  op.setAttr("ksize", new long[] {1, 2, 2, 1})
                                      .setAttr("strides", new long[] {1, 2, 2, 1})
                                      .setAttr("padding", "VALID")
                                      .setAttr("include_batch_in_index", true))
                          .output(1);
                  return flat(
                      tf,
                      RawOperation.of(tf, "Cast")
                          .in(places)
                          .with(op -> op.setAttr("DstT", DataType.DT_FLOAT))
                          .output());
                })
            .onImages());
  }

  /** A one that TensorFlow doesn't compute while the graph is built. */
  private static Operand<TInt32> hidden(Ops tf) {
    return tf.random.randomUniformInt(tf.constant(new int[0]), tf.constant(1), tf.constant(2));
  }

  private static Operand<TFloat32> times(Ops tf, Operand<TFloat32> x, Operand<TInt32> number) {
    return tf.math.mul(x, tf.dtypes.cast(number, TFloat32.class));
  }

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    return tf.reduceSum(x, tf.constant(1), ReduceSum.keepDims(true));
  }

  private static Operand<TInt32> shape(Ops tf, Operand<?> x) {
    return tf.shape(x);
  }

  private static Operand<?> where(Ops tf, Operand<TBool> condition) {
    return tf.where(condition);
  }

  private static Operand<TInt32> entry(Ops tf, Operand<TInt32> values, int index) {
    return tf.reshape(tf.slice(values, ints(tf, index), ints(tf, 1)), tf.constant(new int[0]));
  }
}
