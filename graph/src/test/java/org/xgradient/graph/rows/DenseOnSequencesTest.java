package org.xgradient.graph.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceProd;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.homogeneity.RawOperation;
import org.xgradient.graph.rows.RowIndependence.Proven;
import org.xgradient.graph.savedmodel.FunctionModel;

/**
 * Dense layers on sequences as Keras exports them: sizes are gathered from the shape of the input,
 * multiplied, and reshaped to, which TensorFlow does not follow.
 */
class DenseOnSequencesTest {

  private static final int STEPS = 5;

  private interface Layers extends BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> {}

  static Stream<Arguments> apart() {
    return Stream.of(
        Arguments.of("two", (Layers) (tf, x) -> relu(tf, relu(tf, x, 3, 4), 4, 2)),
        Arguments.of(
            "two with a way around",
            (Layers) (tf, x) -> relu(tf, tf.math.add(relu(tf, x, 3, 3), x), 3, 2)),
        Arguments.of(
            "two about the largest step",
            (Layers)
                (tf, x) ->
                    relu(
                        tf,
                        tf.expandDims(tf.reduceMax(relu(tf, x, 3, 4), tf.constant(1)), axis(tf)),
                        4,
                        2)),
        Arguments.of(
            "steps that weigh one another",
            (Layers)
                (tf, x) -> {
                  var turned = swapped(tf, relu(tf, x, 3, 4), 0, 2, 1);
                  var mixed = RawOperation.add(tf, "BatchMatMulV2", shares(tf, turned), turned);
                  return relu(tf, swapped(tf, mixed, 0, 2, 1), 4, 2);
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("apart")
  void keepRowsApartAndScale(String name, Layers layers) {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model = model(session, (tf, x) -> summed(tf, layers.apply(tf, x)));
      assertThat(RowIndependence.of(ForwardPass.ofInference(model))).isInstanceOf(Proven.class);
      assertThat(Neighbours.tried(model, new Proven())).isInstanceOf(Proven.class);
      assertThat(Homogeneity.of(model).orElseThrow().degree()).isEqualTo(1);
    }
  }

  static Stream<Arguments> together() {
    return Stream.of(
        Arguments.of(
            "steps of two rows side by side",
            (Layers)
                (tf, x) -> tf.reshape(relu(tf, x, 3, 4), tf.constant(new int[] {-1, STEPS, 8}))),
        Arguments.of(
            "weights of each place in the batch",
            (Layers)
                (tf, x) -> {
                  var turned = swapped(tf, relu(tf, x, 3, 4), 1, 0, 2);
                  var places =
                      tf.reshape(
                          tf.range(axis(tf), tf.constant(6), axis(tf)),
                          tf.constant(new int[] {1, -1, 1}));
                  return swapped(
                      tf, tf.math.mul(turned, tf.dtypes.cast(places, TFloat32.class)), 1, 0, 2);
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("together")
  void areNotProvenWhereRowsMeet(String name, Layers layers) {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model = model(session, (tf, x) -> summed(tf, layers.apply(tf, x)));
      assertThat(RowIndependence.of(ForwardPass.ofInference(model))).isNotInstanceOf(Proven.class);
      assertThat(Homogeneity.of(model)).isInstanceOf(NotProven.class);
    }
  }

  private static BoundModel model(
      GraphSession session, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph) {
    return BoundModel.of(
        session, new FunctionModel(session.ops(), ImmutableIntArray.of(STEPS, 3), 1, graph));
  }

  private static Operand<TInt32> axis(Ops tf) {
    return tf.constant(1);
  }

  private static Operand<TFloat32> summed(Ops tf, Operand<TFloat32> steps) {
    var all = tf.reduceSum(steps, tf.constant(new int[] {1, 2}));
    return tf.expandDims(all, axis(tf));
  }

  private static Operand<TFloat32> relu(Ops tf, Operand<TFloat32> x, int inputs, int units) {
    return tf.nn.relu(dense(tf, x, inputs, units));
  }

  private static Operand<TFloat32> dense(Ops tf, Operand<TFloat32> x, int inputs, int units) {
    Operand<TInt32> shape = tf.shape(x);
    Operand<TInt32> free = tf.gather(shape, tf.constant(new int[] {0, 1}), tf.constant(0));
    Operand<TInt32> steps = product(tf, free);
    Operand<TInt32> width =
        product(tf, tf.gather(shape, tf.constant(new int[] {2}), tf.constant(0)));
    var flat = tf.reshape(x, tf.stack(List.of(steps, width)));
    var product = tf.linalg.matMul(flat, weights(tf, inputs, units));
    return tf.reshape(
        product, tf.concat(List.of(free, tf.constant(new int[] {units})), tf.constant(0)));
  }

  private static Operand<TInt32> product(Ops tf, Operand<TInt32> sizes) {
    return tf.reduceProd(sizes, tf.constant(0), ReduceProd.keepDims(false));
  }

  private static Operand<TFloat32> weights(Ops tf, int inputs, int units) {
    float[][] weights = new float[inputs][units];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < units; j++) {
        weights[i][j] = (i * 5 + j * 3) % 7 - 2.5f;
      }
    }
    return tf.constant(weights);
  }

  /** How steps' features go together, of shape {@code [batch, features, features]} and degree 0. */
  private static Operand<TFloat32> shares(Ops tf, Operand<TFloat32> turned) {
    Operand<TFloat32> squares =
        RawOperation.of(tf, "BatchMatMulV2")
            .in(turned, turned)
            .with(builder -> builder.setAttr("adj_y", true))
            .output();
    var total =
        tf.reduceSum(tf.math.abs(squares), tf.constant(new int[] {1, 2}), ReduceSum.keepDims(true));
    return tf.math.div(squares, total);
  }

  private static Operand<TFloat32> swapped(Ops tf, Operand<TFloat32> x, int... order) {
    return tf.linalg.transpose(x, tf.constant(order));
  }
}
