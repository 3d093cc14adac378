package org.xgradient.graph.affine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.runtime.SessionOptions;

class AffineStartTest {

  private static final int ROWS = 3;
  private static final ImmutableIntArray VECTOR = ImmutableIntArray.of(4);
  private static final ImmutableIntArray IMAGE = ImmutableIntArray.of(4, 4, 2);

  private static final List<Long> EACH = List.of(1L, 1L, 1L, 1L);

  /**
   * A function of rows.
   *
   * @param values how many tensors lie behind its affine start
   */
  private record Case(
      ImmutableIntArray input,
      int values,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {}

  private static Operand<TFloat32> drawn(Ops tf, int... shape) {
    var random = new MersenneTwister(shape.length);
    float[] values = new float[FloatArray.zeros(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return tf.reshape(tf.constant(values), tf.constant(shape));
  }

  private static Operand<TFloat32> dense(Ops tf, Operand<TFloat32> x, int from, int to) {
    return tf.math.add(tf.linalg.matMul(x, drawn(tf, from, to)), drawn(tf, to));
  }

  private static Operand<TFloat32> conv(Ops tf, Operand<TFloat32> x, int channels) {
    return tf.nn.conv2d(x, drawn(tf, 3, 3, channels, 2), EACH, "SAME");
  }

  private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> x, int size) {
    return tf.reshape(x, tf.constant(new int[] {-1, size}));
  }

  private static Named<Case> of(
      String name,
      ImmutableIntArray input,
      int values,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
    return Named.of(name, new Case(input, values, function));
  }

  private static Stream<Named<Case>> found() {
    return Stream.of(
        of("a dense layer", VECTOR, 1, (tf, x) -> tf.nn.relu(dense(tf, x, 4, 3))),
        of(
            "two dense layers behind a normalisation",
            VECTOR,
            1,
            (tf, x) -> {
              var normal = tf.math.div(tf.math.sub(x, drawn(tf, 4)), tf.constant(2f));
              return tf.math.tanh(dense(tf, dense(tf, normal, 4, 3), 3, 2));
            }),
        of(
            "a padded convolution",
            IMAGE,
            1,
            (tf, x) -> {
              var sides = tf.constant(new int[][] {{0, 0}, {1, 1}, {1, 0}, {0, 0}});
              var padded = tf.pad(x, sides, tf.constant(0.5f));
              return flat(tf, tf.nn.relu(conv(tf, padded, 2)), 60);
            }),
        of(
            "a convolution, flat",
            IMAGE,
            1,
            (tf, x) -> tf.nn.elu(flat(tf, tf.nn.biasAdd(conv(tf, x, 2), drawn(tf, 2)), 32))),
        of(
            "another order of axes and a mean over windows",
            IMAGE,
            1,
            (tf, x) -> {
              var turned = tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 1, 3}));
              var means =
                  tf.nn.avgPool(
                      conv(tf, turned, 2),
                      List.of(1L, 2L, 2L, 1L),
                      List.of(1L, 2L, 2L, 1L),
                      "VALID");
              return flat(tf, tf.nn.relu(means), 8);
            }),
        of(
            "a batch normalisation of given statistics",
            IMAGE,
            1,
            (tf, x) -> {
              var normal =
                  tf.nn.fusedBatchNorm(
                      conv(tf, x, 2),
                      drawn(tf, 2),
                      drawn(tf, 2),
                      drawn(tf, 2),
                      tf.math.square(drawn(tf, 2)),
                      FusedBatchNorm.isTraining(false));
              return flat(tf, tf.nn.relu(normal.y()), 32);
            }),
        of(
            "two ways",
            VECTOR,
            2,
            (tf, x) ->
                tf.math.mul(tf.nn.relu(dense(tf, x, 4, 3)), tf.math.tanh(dense(tf, x, 4, 1)))),
        of(
            "a sum of two ways",
            VECTOR,
            1,
            (tf, x) -> tf.nn.relu(tf.math.add(dense(tf, x, 4, 4), tf.math.neg(x)))),
        of(
            "inputs side by side",
            VECTOR,
            2,
            (tf, x) -> {
              var sizes = tf.constant(new int[] {1, 3});
              var parts = tf.splitV(x, sizes, tf.constant(1), 2L).output();
              var halves = tf.split(tf.constant(1), x, 2L).output();
              var together =
                  tf.concat(
                      List.of(tf.math.mul(parts.get(1), drawn(tf, 3)), halves.get(0)),
                      tf.constant(-1));
              return tf.math.mul(tf.nn.relu(dense(tf, together, 5, 2)), tf.math.tanh(parts.get(0)));
            }),
        of(
            "a shape made of the rows",
            IMAGE,
            1,
            (tf, x) -> {
              var rows = Shapes.rows(tf, x);
              var shape = tf.concat(List.of(rows, tf.constant(new int[] {32})), tf.constant(0));
              return tf.nn.relu(dense(tf, tf.reshape(x, shape), 32, 2));
            }),
        of(
            "a factor that is made of the shape of what lies behind",
            VECTOR,
            1,
            (tf, x) -> {
              var hidden = dense(tf, x, 4, 3);
              return tf.math.mul(tf.nn.relu(hidden), tf.onesLike(hidden));
            }));
  }

  private static Stream<Named<Case>> notFound() {
    return Stream.of(
        of("no product", VECTOR, 0, (tf, x) -> tf.nn.relu(tf.math.mul(x, drawn(tf, 4)))),
        of("nothing affine", VECTOR, 0, (tf, x) -> dense(tf, tf.nn.relu(x), 4, 3)),
        of("all affine", VECTOR, 0, (tf, x) -> dense(tf, x, 4, 3)),
        of(
            "the inputs go another way too",
            VECTOR,
            0,
            (tf, x) -> tf.math.mul(x, tf.nn.relu(dense(tf, x, 4, 4)))),
        of(
            "a product of two ways",
            VECTOR,
            0,
            (tf, x) ->
                tf.nn.relu(tf.linalg.matMul(dense(tf, tf.math.mul(x, x), 4, 3), drawn(tf, 3, 1)))),
        of(
            "halves of rows",
            VECTOR,
            0,
            (tf, x) -> flat(tf, tf.nn.relu(dense(tf, flat(tf, x, 2), 2, 2)), 4)),
        of(
            "rows one behind another",
            VECTOR,
            0,
            (tf, x) -> {
              var twice = tf.concat(List.of(x, tf.math.neg(x)), tf.constant(0));
              var hidden = tf.nn.relu(dense(tf, twice, 4, 3));
              return tf.split(tf.constant(0), hidden, 2L).output().get(1);
            }),
        of(
            "columns",
            VECTOR,
            0,
            (tf, x) ->
                tf.linalg.transpose(
                    tf.nn.relu(tf.linalg.matMul(x, drawn(tf, ROWS, 2), MatMul.transposeA(true))),
                    tf.constant(new int[] {1, 0}))),
        of(
            "another number for each row",
            VECTOR,
            0,
            (tf, x) -> tf.nn.relu(tf.math.add(tf.math.mul(x, drawn(tf, ROWS, 4)), drawn(tf, 4)))),
        of(
            "a factor that is made of a shape on the way",
            VECTOR,
            0,
            (tf, x) -> {
              var hidden = tf.linalg.matMul(x, drawn(tf, 4, 3));
              var shifted = tf.math.add(hidden, drawn(tf, 3));
              return tf.math.mul(tf.nn.relu(shifted), tf.onesLike(hidden));
            }));
  }

  private interface Check {
    void check(GraphSession session, Placeholder<TFloat32> x, Operand<TFloat32> logits);
  }

  private static void with(Case of, Check check) {
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(of.input())));
      check.check(session, x, of.function().apply(tf, x));
    }
  }

  @ParameterizedTest
  @MethodSource("found")
  void theOthersOfTheFirstAreAllAndTheFirstAreAffine(Case of) {
    with(
        of,
        (session, x, logits) -> {
          Ops tf = session.ops();
          AffineStart affine = AffineStart.find(x, logits, 0).orElseThrow();
          int[] shape = ImmutableIntArray.builder().add(ROWS).addAll(of.input()).build().toArray();
          var from = drawn(tf, shape);
          var to = tf.math.square(from);
          var atFrom = affine.apply(tf, from);
          var atTo = affine.apply(tf, to);
          assertThat(atTo).hasSize(of.values());
          List<Operand<TFloat32>> between = new ArrayList<>();
          for (int i = 0; i < atTo.size(); i++) {
            between.add(quarter(tf, atFrom.get(i), atTo.get(i)));
          }
          var copied = affine.logits(tf, between);
          var point = session.run(Feeds.none(), quarter(tf, from, to));
          FloatArray expected = session.run(Feeds.of(x, point), logits);
          FloatArray actual = session.run(Feeds.none(), copied);
          assertThat(actual.shape()).isEqualTo(expected.shape());
          // Sums of up to 32 products of a few units each.
          assertThat(actual.values()).containsExactly(expected.values(), within(2e-5f));
        });
  }

  private static Operand<TFloat32> quarter(Ops tf, Operand<TFloat32> from, Operand<TFloat32> to) {
    return tf.math.add(from, tf.math.mul(tf.constant(0.25f), tf.math.sub(to, from)));
  }

  @ParameterizedTest
  @MethodSource("notFound")
  void whatIsNotAffineRowByRowIsLeft(Case of) {
    with(
        of,
        (session, x, logits) ->
            assertThat(AffineStart.find(x, logits, 0)).isEqualTo(Optional.empty()));
  }

  /** Interpolating a further value costs about as much as some tens of multiplications. */
  @Test
  void whatIsSmallIsLeft() {
    // 16 multiplications for each unit, and 64 for each beyond the 16 inputs.
    for (int units : new int[] {21, 22}) {
      var dense =
          new Case(ImmutableIntArray.of(16), 1, (tf, x) -> tf.nn.relu(dense(tf, x, 16, units)));
      with(
          dense,
          (session, x, logits) ->
              assertThat(AffineStart.find(x, logits).isPresent()).isEqualTo(units == 21));
    }
    for (int channels : new int[] {1, 2}) {
      var conv =
          new Case(
              ImmutableIntArray.of(4, 4, channels),
              1,
              (tf, x) -> flat(tf, tf.nn.relu(conv(tf, x, channels)), 32));
      // Nine places under the filter, and two channels of output.
      with(
          conv,
          (session, x, logits) ->
              assertThat(AffineStart.find(x, logits).isPresent()).isEqualTo(channels == 2));
    }
  }
}
