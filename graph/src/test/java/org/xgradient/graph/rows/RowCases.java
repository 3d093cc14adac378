package org.xgradient.graph.rows;

import static org.xgradient.graph.rows.RowCase.apart;
import static org.xgradient.graph.rows.RowCase.mixed;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.StatelessRandom;
import org.xgradient.graph.homogeneity.RawOperation;

/** Models whose rows stay apart, and models whose rows know each other. */
final class RowCases {

  private RowCases() {}

  static Stream<RowCase> all() {
    return Stream.of(
            mixedByReductions(),
            mixedBySizes(),
            mixedByPlaces(),
            mixedByProducts(),
            apartByAxes(),
            apartByShapes(),
            apartByProducts())
        .flatMap(List::stream);
  }

  static Operand<TInt32> ints(Ops tf, int... values) {
    return tf.constant(values);
  }

  static Operand<TFloat32> weights(Ops tf, int from, int to) {
    float[][] values = new float[from][to];
    for (int i = 0; i < from; i++) {
      for (int j = 0; j < to; j++) {
        values[i][j] = (float) Math.cos(1 + 3 * i + 7 * j);
      }
    }
    return tf.constant(values);
  }

  static Operand<TInt32> rows(Ops tf, Operand<TFloat32> x) {
    return tf.slice(tf.shape(x), ints(tf, 0), ints(tf, 1));
  }

  private static List<RowCase> mixedByReductions() {
    return List.of(
        mixed(
            "mean over the batch",
            "reduces over the rows",
            (tf, x) -> tf.math.sub(x, tf.math.mean(x, tf.constant(0), Mean.keepDims(true)))),
        mixed(
            "maximum over everything",
            "reduces over the rows",
            (tf, x) -> tf.math.div(x, tf.reduceMax(tf.math.abs(x), ints(tf, -1, -2)))),
        mixed("sum of squares", "sums over the rows", (tf, x) -> tf.math.mul(x, tf.nn.l2Loss(x))),
        mixed(
                "batch norm in training mode",
                "normalises by the statistics of the batch",
                (tf, x) -> flat(tf, batchNorm(tf, x, true)))
            .onImages(),
        mixed(
            "softmax over the batch",
            "compares the rows",
            (tf, x) -> {
              var transposed = tf.linalg.transpose(x, ints(tf, 1, 0));
              return tf.linalg.transpose(tf.nn.softmax(transposed), ints(tf, 1, 0));
            }),
        mixed(
            "running sum over the batch",
            "sums over the rows",
            (tf, x) -> tf.math.cumsum(x, tf.constant(0))),
        mixed(
            "position of the largest row",
            "compares the rows",
            (tf, x) ->
                tf.math.mul(
                    x,
                    tf.dtypes.cast(
                        tf.math.argMax(x, tf.constant(0), TInt32.class), TFloat32.class))));
  }

  private static Operand<TFloat32> batchNorm(Ops tf, Operand<TFloat32> x, boolean training) {
    var ones = tf.constant(new float[] {1, 1});
    var zeros = tf.constant(new float[] {0, 0});
    var empty = training ? tf.constant(new float[0]) : zeros;
    return RawOperation.of(tf, "FusedBatchNormV3")
        .in(x, ones, zeros, empty, training ? empty : ones)
        .with(op -> op.setAttr("is_training", training))
        .output();
  }

  static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> x) {
    return tf.reshape(x, tf.concat(List.of(rows(tf, x), ints(tf, -1)), tf.constant(0)));
  }

  private static List<RowCase> mixedBySizes() {
    return List.of(
        mixed(
            "times the number of values",
            "makes a value of the number of rows",
            (tf, x) -> tf.math.mul(x, tf.dtypes.cast(tf.size(x), TFloat32.class))),
        mixed(
            "over the number of rows",
            "makes a value of the number of rows",
            (tf, x) -> tf.math.div(x, tf.dtypes.cast(rows(tf, x), TFloat32.class))),
        mixed(
            "only if there are several rows",
            "makes a value of the number of rows",
            (tf, x) ->
                tf.math.mul(
                    x,
                    tf.dtypes.cast(tf.math.greater(rows(tf, x), tf.constant(1)), TFloat32.class))));
  }

  private static List<RowCase> mixedByPlaces() {
    return List.of(
        mixed(
            "first row as a reference",
            "takes some rows",
            (tf, x) -> tf.math.sub(x, tf.slice(x, ints(tf, 0, 0), ints(tf, 1, 6)))),
        mixed(
            "first row, strided",
            "takes some rows",
            (tf, x) ->
                tf.math.add(
                    x,
                    RawOperation.of(tf, "StridedSlice")
                        .in(x, ints(tf, 0), ints(tf, 1), ints(tf, 1))
                        .with(op -> op.setAttr("shrink_axis_mask", 1L))
                        .output())),
        mixed(
            "first row, gathered",
            "picks rows",
            (tf, x) -> tf.math.add(x, tf.gather(x, ints(tf, 0), tf.constant(0)))),
        mixed(
            "rows in the opposite order",
            "reverses the order",
            (tf, x) -> tf.math.add(x, tf.reverse(x, ints(tf, 0)))),
        mixed(
            "rows that run into one another",
            "run into one another",
            (tf, x) -> {
              var thirds = tf.reshape(x, ints(tf, 3, -1));
              var summed = tf.math.cumsum(thirds, tf.constant(1));
              return tf.reshape(summed, tf.shape(x));
            }),
        mixed(
            "transposed by a reshape",
            "reduces over the rows",
            (tf, x) -> {
              var flipped = tf.linalg.transpose(x, ints(tf, 1, 0));
              return tf.math.mul(x, tf.reduceSum(flipped, tf.constant(1)));
            }));
  }

  private static List<RowCase> mixedByProducts() {
    return List.of(
        mixed(
            "similarity to all rows",
            "multiplies each row",
            (tf, x) -> {
              var all = tf.linalg.matMul(x, tf.linalg.transpose(x, ints(tf, 1, 0)));
              return tf.reduceMax(all, tf.constant(1), ReduceMax.keepDims(true));
            }),
        mixed(
            "distance to all rows",
            "puts each row together with all others",
            (tf, x) -> {
              var pairs =
                  tf.math.sub(tf.expandDims(x, tf.constant(1)), tf.expandDims(x, tf.constant(0)));
              return tf.reduceSum(tf.math.square(pairs), tf.constant(1));
            }),
        mixed(
            "covariance of the batch",
            "sums over the rows",
            (tf, x) ->
                tf.linalg.matMul(x, tf.linalg.matMul(tf.linalg.transpose(x, ints(tf, 1, 0)), x))),
        mixed(
            "attention to all rows",
            "multiplies each row",
            (tf, x) -> tf.linalg.matMul(tf.nn.softmax(einsum(tf, "bi,ci->bc", x, x)), x)));
  }

  static Operand<TFloat32> einsum(Ops tf, String equation, Operand<?>... operands) {
    return RawOperation.of(tf, "Einsum")
        .list(operands)
        .with(op -> op.setAttr("equation", equation))
        .output();
  }

  private static List<RowCase> apartByAxes() {
    return List.of(
        apart(
            "mean over the features",
            (tf, x) -> tf.math.sub(x, tf.math.mean(x, tf.constant(1), Mean.keepDims(true)))),
        apart("softmax over the features", (tf, x) -> tf.nn.softmax(x)),
        apart(
            "each row normalised as if it were a channel",
            (tf, x) -> {
              var shape =
                  tf.concat(List.of(ints(tf, 1), rows(tf, x), ints(tf, 6, 1)), tf.constant(0));
              var none = tf.constant(new float[0]);
              Operand<TFloat32> normalised =
                  RawOperation.of(tf, "FusedBatchNormV3")
                      .in(
                          tf.reshape(x, shape),
                          tf.fill(rows(tf, x), tf.constant(1f)),
                          tf.fill(rows(tf, x), tf.constant(0f)),
                          none,
                          none)
                      .with(
                          op ->
                              op.setAttr("data_format", "NCHW")
                                  .setAttr("epsilon", 0.001f)
                                  .setAttr("is_training", true))
                      .output();
              return tf.math.mul(tf.reshape(normalised, tf.shape(x)), weights(tf, 1, 6));
            }),
        apart("running sum over the features", (tf, x) -> tf.math.cumsum(x, tf.constant(-1))),
        apart("batch norm at inference", (tf, x) -> flat(tf, batchNorm(tf, x, false))).onImages(),
        apart(
                "channels first and back",
                (tf, x) -> {
                  var first = tf.linalg.transpose(x, ints(tf, 0, 3, 1, 2));
                  return tf.math.mean(tf.nn.relu(first), ints(tf, 2, 3));
                })
            .onImages(),
        apart(
            "rows as columns and back",
            (tf, x) -> {
              var columns = tf.linalg.transpose(x, ints(tf, 1, 0));
              var sum = tf.reduceSum(columns, tf.constant(0), ReduceSum.keepDims(true));
              return tf.linalg.transpose(tf.math.mul(columns, sum), ints(tf, 1, 0));
            }),
        apart(
            "halves beside one another",
            (tf, x) ->
                tf.concat(
                    List.of(
                        tf.slice(x, ints(tf, 0, 0), ints(tf, -1, 3)),
                        tf.nn.relu(tf.slice(x, ints(tf, 0, 3), ints(tf, -1, 3)))),
                    tf.constant(1))),
        apart(
            "batch beside its negative, and apart again",
            (tf, x) -> {
              var both = tf.concat(List.of(x, tf.math.neg(x)), tf.constant(0));
              var out = tf.nn.relu(tf.linalg.matMul(both, weights(tf, 6, 6)));
              var parts = tf.split(tf.constant(0), out, 2L).output();
              return tf.math.sub(parts.get(0), parts.get(1));
            }));
  }

  private static List<RowCase> apartByShapes() {
    return List.of(
        apart(
            "three steps of two features",
            (tf, x) -> {
              var steps = tf.reshape(x, ints(tf, -1, 3, 2));
              var flat = tf.reshape(steps, ints(tf, -1, 2));
              var dense = tf.linalg.matMul(flat, weights(tf, 2, 5));
              var shape = tf.concat(List.of(rows(tf, x), ints(tf, 3, 5)), tf.constant(0));
              return tf.reduceMax(tf.reshape(dense, shape), tf.constant(1));
            }),
        apart(
            "by the shape of something in which rows meet",
            (tf, x) -> {
              var centred = tf.math.sub(x, tf.math.mean(x, tf.constant(0)));
              return tf.reshape(tf.nn.relu(x), tf.shape(centred));
            }),
        apart(
            "sums of groups of features",
            (tf, x) -> {
              var columns = tf.linalg.transpose(x, ints(tf, 1, 0));
              var sums = RawOperation.add(tf, "SegmentSum", columns, ints(tf, 0, 0, 1, 1, 1, 2));
              return tf.linalg.transpose(sums, ints(tf, 1, 0));
            }),
        apart("flat by the size of the batch", (tf, x) -> flat(tf, x)).onImages(),
        apart(
            "a token for each row",
            (tf, x) -> {
              var shape = tf.concat(List.of(rows(tf, x), ints(tf, 2)), tf.constant(0));
              var tokens = tf.fill(shape, tf.constant(0.5f));
              return tf.concat(List.of(tokens, x), tf.constant(1));
            }),
        apart(
            "a learned token for each row",
            (tf, x) -> {
              var copies = tf.concat(List.of(rows(tf, x), ints(tf, 1)), tf.constant(0));
              var tokens = tf.tile(weights(tf, 1, 2), copies);
              return tf.concat(List.of(tokens, x), tf.constant(1));
            }),
        apart(
            "over the number of features",
            (tf, x) -> {
              var features = tf.slice(tf.shape(x), ints(tf, 1), ints(tf, 1));
              return tf.math.div(x, tf.dtypes.cast(features, TFloat32.class));
            }),
        apart(
            "over the number of features, by division",
            (tf, x) -> {
              var features = tf.math.div(tf.size(x), tf.squeeze(rows(tf, x)));
              return tf.math.div(x, tf.dtypes.cast(features, TFloat32.class));
            }),
        apart(
            "axes of length 1 left out by no name, then joined along the last",
            (tf, x) -> {
              var row = tf.squeeze(tf.expandDims(x, tf.constant(1)));
              return tf.reshape(tf.concat(List.of(row, row), tf.constant(-1)), ints(tf, -1, 12));
            }),
        apart(
                "one block of each image",
                (tf, x) -> {
                  var blocks =
                      tf.spaceToBatchNd(
                          x, ints(tf, 2, 2), tf.constant(new int[][] {{0, 0}, {0, 0}}));
                  var size = tf.concat(List.of(rows(tf, x), ints(tf, 2, 2, 2)), tf.constant(0));
                  return tf.reshape(tf.slice(blocks, ints(tf, 0, 0, 0, 0), size), ints(tf, -1, 8));
                })
            .onImages(),
        apart(
            "one of the steps of each row",
            (tf, x) -> {
              var steps = tf.reshape(x, ints(tf, -1, 2));
              return tf.stridedSlice(steps, Indices.sliceFrom(1L, 3L), Indices.all());
            }),
        apart(
            "every other copy of the batch",
            (tf, x) -> {
              var copies = tf.concat(List.of(x, x, x, x), tf.constant(0));
              var half = tf.split(tf.constant(0), copies, 2L).output().get(1);
              return tf.split(tf.constant(0), half, 2L).output().get(0);
            }),
        apart("zeros beside", (tf, x) -> tf.concat(List.of(x, tf.zerosLike(x)), tf.constant(1))),
        apart(
            "padded features",
            (tf, x) -> tf.pad(x, tf.constant(new int[][] {{0, 0}, {1, 2}}), tf.constant(0f))));
  }

  private static List<RowCase> apartByProducts() {
    return List.of(
        apart("dense", (tf, x) -> tf.linalg.matMul(x, weights(tf, 6, 3))),
        apart(
            "features with features of the row",
            (tf, x) -> {
              var one = tf.reshape(x, ints(tf, -1, 3, 2));
              var products = einsum(tf, "...ik,...jk->...ij", one, one);
              return tf.reshape(products, ints(tf, -1, 9));
            }),
        apart(
            "attention within the row",
            (tf, x) -> {
              var steps = tf.reshape(x, ints(tf, -1, 3, 2));
              var scores =
                  RawOperation.add(
                      tf, "BatchMatMulV2", steps, tf.linalg.transpose(steps, ints(tf, 0, 2, 1)));
              var mixed = RawOperation.add(tf, "BatchMatMulV2", scores, steps);
              return tf.reshape(mixed, tf.shape(x));
            }),
        apart(
            "heads before steps",
            (tf, x) -> {
              var heads =
                  tf.linalg.transpose(tf.reshape(x, ints(tf, -1, 3, 2, 1)), ints(tf, 0, 2, 1, 3));
              var stacked = tf.reshape(heads, ints(tf, -1, 3, 1));
              var summed = tf.math.cumsum(stacked, tf.constant(1));
              return tf.reshape(summed, tf.shape(x));
            }),
        apart(
            "a row of a table by the largest feature",
            (tf, x) -> {
              var largest = tf.math.argMax(x, tf.constant(1), TInt32.class);
              return tf.gather(weights(tf, 6, 3), largest, tf.constant(0));
            }));
  }

  /** Dropout as in training: a value of its own for each place, which is exempt. */
  static RowCase dropout() {
    return apart(
        "dropout",
        (tf, x) -> {
          var mask =
              StatelessRandom.uniform(tf, tf.constant(new long[] {1, 2}), "mask", tf.shape(x));
          return tf.math.mul(x, mask);
        });
  }
}
