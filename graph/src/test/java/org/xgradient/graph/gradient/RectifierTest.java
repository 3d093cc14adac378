package org.xgradient.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.walk.GraphWalk;

class RectifierTest {

  private static final float[] EDGES = {
    Float.NEGATIVE_INFINITY,
    -2,
    -Float.MIN_NORMAL,
    -0f,
    0,
    Float.MIN_NORMAL,
    3,
    Float.POSITIVE_INFINITY,
    Float.NaN
  };

  @Test
  void hasTheValuesAndGradientsOfRelu() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.constant(EDGES);
      Operand<TFloat32> seed = tf.constant(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
      Operand<TFloat32> relu = tf.nn.relu(x);
      Operand<TFloat32> rectified = Rectifier.of(tf, x);
      var values =
          session.run(
              Feeds.none(),
              List.of(
                  relu,
                  rectified,
                  Gradients.of(tf, relu, seed, List.of(x)).get(0),
                  Gradients.of(tf, rectified, seed, List.of(x)).get(0)),
              List.of());
      assertThat(values.get(1)).isEqualTo(values.get(0));
      assertThat(values.get(3)).isEqualTo(values.get(2));
      assertThat(values.get(3).values()).containsExactly(0, 0, 0, 0, 0, 6, 7, 8, 0);
    }
  }

  /** Or else what comes in stays in memory until the gradient has looked at it. */
  @Test
  void itsGradientLooksAtTheResultAlone() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.math.exp(tf.constant(EDGES));
      Operand<TFloat32> y = Rectifier.of(tf, x);
      var gradient = (GraphOperation) Gradients.of(tf, tf.math.mul(y, y), x).asOutput().op();
      assertThat(gradient.type()).isEqualTo("ReluGrad");
      assertThat(gradient.input(1).op().type()).isEqualTo("Relu");
    }
  }

  /** One of a model of others, whose second output is used too. */
  @Test
  void anotherThatPassesOnBothIsNone() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.constant(new float[] {-2, 3});
      var both = tf.identityN(List.of(tf.nn.relu(x), x)).output();
      Operand<TFloat32> relu = both.get(0).expect(TFloat32.class);
      Operand<TFloat32> input = both.get(1).expect(TFloat32.class);
      var values =
          session.run(
              Feeds.none(),
              List.of(
                  Gradients.of(tf, tf.math.add(relu, tf.math.mul(input, input)), x),
                  Gradients.of(tf, tf.math.mul(input, input), x)),
              List.of());
      // d(max(x, 0) + x²) = [x > 0] + 2x
      assertThat(values.get(0).values()).containsExactly(-4, 7);
      assertThat(values.get(1).values()).containsExactly(-4, 6);
    }
  }

  /** The second gradient of a ReLU is zero in what came in: no memory is filled to say so. */
  @Test
  void secondGradientsAddNoZeros() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.constant(new float[][] {{1, -2, 3}});
      Operand<TFloat32> weights = tf.constant(new float[][] {{1, 2}, {3, 4}, {-5, 6}});
      Operand<TFloat32> y = Rectifier.of(tf, tf.linalg.matMul(x, weights));
      var attribution = tf.math.mul(x, Gradients.of(tf, y, x));
      var second = Gradients.of(tf, tf.math.square(attribution), weights);
      assertThat(GraphWalk.ancestors(List.of(second)))
          .extracting(GraphOperation::type)
          .contains("ReluGrad")
          .doesNotContain("ZerosLike");
      // x W = (-20, 12): only the second column counts; d/dw (x_i w_i)² = 2 x_i² w_i
      assertThat(session.run(Feeds.none(), second).values()).containsExactly(0, 4, 0, 32, 0, 108);
    }
  }
}
