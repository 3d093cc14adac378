package org.xgradient.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Floats;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.gradient.GradientRegistry;

class GradientsTest {

  private static final FloatArray X = FloatArray.of(new float[] {1, -2, 3}, 3);

  @Test
  void seedsWeighTheOutputs() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(shape(3)));
      var seed = tf.constant(new float[] {1, 10, 100});
      var gradient = Gradients.of(tf, tf.math.square(x), seed, List.of(x)).get(0);
      assertThat(session.run(Feeds.of(x, X), gradient).values()).containsExactly(2, -40, 600);
    }
  }

  @Test
  void canBeDifferentiatedAgain() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(shape(3)));
      var cube = tf.math.mul(x, tf.math.square(tf.nn.relu(x)));
      var second = Gradients.of(tf, Gradients.of(tf, cube, x), x);
      assertThat(session.run(Feeds.of(x, X), second).values()).containsExactly(6, 0, 18);
    }
  }

  /** Not an error: the second derivative of a ReLU is known, and 0. */
  @Test
  void zerosWhereThereAreStepsAlone() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(shape(3)));
      var second = Gradients.of(tf, Gradients.of(tf, tf.nn.relu(x), x), x);
      assertThat(session.run(Feeds.of(x, X), second).values()).containsExactly(0, 0, 0);
    }
  }

  /**
   * Random numbers of the shape of what is differentiated, and picks of its rows, are constants.
   */
  @Test
  void whatIsDrawnIsConstant() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(shape(3)));
      var seed = tf.constant(new long[] {4, 2});
      var factors = StatelessRandom.uniform(tf, seed, "factors", tf.shape(x));
      var places = StatelessRandom.uniformInt(tf, seed, "places", tf.shape(x), tf.constant(3));
      var drawn = tf.math.mul(factors, tf.gather(x, places, tf.constant(0)));
      var gradient = Gradients.of(tf, drawn, x);
      float[] weights = session.run(Feeds.of(x, X), factors).values();
      float[] expected = new float[3];
      float[] picked = session.run(Feeds.of(x, X), tf.gather(x, places, tf.constant(0))).values();
      for (int i = 0; i < 3; i++) {
        expected[Floats.indexOf(X.values(), picked[i])] += weights[i];
      }
      assertThat(session.run(Feeds.of(x, X), gradient).values()).containsExactly(expected);
    }
  }

  @Test
  void refusesAnOperandThatTheOutputDoesNotDependOn() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.withName("x").constant(new float[] {1});
      Operand<TFloat32> y = tf.withName("y").math.square(tf.constant(new float[] {1}));
      assertThatThrownBy(() -> Gradients.of(tf, y, x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("y does not depend on x, so there is no gradient");
    }
  }

  @Test
  void leavesOutWhatTheOutputDoesNotDependOn() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.constant(X.values());
      Operand<TFloat32> unused = tf.constant(X.values());
      Operand<TFloat32> shapeOnly = tf.constant(X.values());
      Operand<TFloat32> y = tf.fill(tf.shape(shapeOnly), tf.constant(1f));
      var gradients =
          Gradients.whereDependent(
              tf, tf.math.add(y, tf.math.square(x)), List.of(unused, x, shapeOnly));
      assertThat(gradients.get(0)).isEmpty();
      assertThat(gradients.get(2)).isEmpty();
      assertThat(session.run(Feeds.none(), gradients.get(1).orElseThrow()).values())
          .containsExactly(2, -4, 6);
      assertThat(Gradients.whereDependent(tf, y, List.of(unused)).get(0)).isEmpty();
    }
  }

  @Test
  void isZeroWhereAnOperandHasNoSlope() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.constant(X.values());
      Operand<TFloat32> decides = tf.constant(X.values());
      Operand<TFloat32> stopped = tf.constant(X.values());
      Operand<TFloat32> y =
          tf.math.add(
              tf.select(
                  tf.math.greater(decides, tf.constant(0f)), tf.math.square(x), tf.math.neg(x)),
              tf.stopGradient(stopped));
      Operand<TFloat32> seed = tf.constant(new float[] {1, 10, 100});
      var gradients = Gradients.orZeros(tf, y, seed, List.of(decides, x, stopped));
      assertThat(session.run(Feeds.none(), gradients.get(0)).values()).containsExactly(0, 0, 0);
      assertThat(session.run(Feeds.none(), gradients.get(1)).values()).containsExactly(2, -10, 600);
      assertThat(session.run(Feeds.none(), gradients.get(2)).values()).containsExactly(0, 0, 0);
      assertThatThrownBy(() -> Gradients.orZeros(tf, y, seed, List.of(decides, stopped)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("so there is no gradient");
    }
  }

  @Test
  void refusesTheSameOperandTwice() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.constant(new float[] {1});
      Operand<TFloat32> y = tf.math.square(x);
      assertThatThrownBy(() -> Gradients.of(tf, y, List.of(x, x)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("operands to differentiate with respect to must differ, found");
    }
  }

  @Test
  void namesAnOperationWithoutAGradient() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.constant(new float[][] {{1, 2}, {3, 4}});
      Operand<TFloat32> y = tf.withName("root").linalg.cholesky(x);
      assertThatThrownBy(() -> Gradients.of(tf, y, x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("root (Cholesky) can't be differentiated: there is no gradient of Cholesky");
    }
  }

  @Test
  void refusesAMaximumOfExplicitPaddingByName() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.fill(tf.constant(new int[] {1, 8, 8, 1}), tf.constant(1f));
      Operand<TFloat32> y =
          tf.scope()
              .opBuilder("MaxPool", "padded")
              .addInput(x.asOutput())
              .setAttr("ksize", new long[] {1, 2, 2, 1})
              .setAttr("strides", new long[] {1, 2, 2, 1})
              .setAttr("padding", "EXPLICIT")
              .setAttr("explicit_paddings", new long[] {0, 0, 1, 0, 1, 0, 0, 0})
              .build()
              .output(0);
      assertThatThrownBy(() -> Gradients.of(tf, y, x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "padded (MaxPool) can't be differentiated: its gradient fails with explicit padding");
    }
  }

  @Test
  void refusesADilatedConvolutionByName() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.fill(tf.constant(new int[] {1, 8, 8, 1}), tf.constant(1f));
      Operand<TFloat32> kernel = tf.fill(tf.constant(new int[] {2, 2, 1, 1}), tf.constant(1f));
      Operand<TFloat32> y =
          tf.withName("atrous")
              .nn
              .conv2d(
                  x,
                  kernel,
                  List.of(1L, 1L, 1L, 1L),
                  "VALID",
                  Conv2d.dilations(List.of(1L, 2L, 2L, 1L)));
      assertThatThrownBy(() -> Gradients.of(tf, y, x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "atrous (Conv2D) can't be differentiated: TensorFlow's gradient of it ignores the"
                  + " dilations [1, 2, 2, 1]; spread the kernel instead");
    }
  }

  /** An exception must come out, and must not spoil the graph for what is built later. */
  @Test
  void carriesAnErrorOutOfTheCallback() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      Operand<TFloat32> x = tf.constant(new float[] {1, -2});
      var first = Gradients.of(tf, tf.nn.relu(tf.math.square(x)), x);
      var before =
          GradientRegistry.replace(
              "ReluGrad",
              (ops, operation, gradients) -> {
                throw new IllegalStateException("on purpose");
              });
      try {
        assertThatThrownBy(() -> Gradients.of(tf, first, x))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("on purpose");
      } finally {
        GradientRegistry.replace("ReluGrad", before);
      }
      // d²/dx² relu(x²) = 2
      var second = Gradients.of(tf, first, x);
      assertThat(session.run(Feeds.none(), second).values()).containsExactly(2, 2);
    }
  }

  private static Shape shape(long... dimensions) {
    return Shape.of(dimensions);
  }
}
