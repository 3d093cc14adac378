package org.xgradient.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.homogeneity.RawOperation;

/** Batch normalization in single precision, which is all that its older forms have kernels for. */
class OlderGradientsTest {

  private static final float EPSILON = 0.001f;

  /** Of sums of some dozen products of numbers near 1. */
  private static final double ROUNDING = 1e-4;

  @ParameterizedTest
  @CsvSource({"FusedBatchNorm", "FusedBatchNormV2"})
  void areThoseOfTheFormula(String type) {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      List<Operand<TFloat32>> operands =
          List.of(
              tf.reshape(values(tf, 2 * 3 * 2 * 2, 0.7), tf.constant(new int[] {2, 3, 2, 2})),
              values(tf, 2, 1.1),
              values(tf, 2, 0.3),
              values(tf, 2, 2.3),
              tf.math.square(values(tf, 2, 1.9)));
      var fused = fused(tf, type, operands, false);
      var formula =
          tf.math.add(
              tf.math.mul(
                  tf.math.mul(
                      tf.math.sub(operands.get(0), operands.get(3)),
                      tf.math.rsqrt(tf.math.add(operands.get(4), tf.constant(EPSILON)))),
                  operands.get(1)),
              operands.get(2));
      for (int i = 0; i < operands.size(); i++) {
        var first = gradient(tf, fused, operands.get(i));
        var expected = gradient(tf, formula, operands.get(i));
        close(session, first, expected);
        close(
            session, gradient(tf, first, operands.get(0)), gradient(tf, expected, operands.get(0)));
      }
    }
  }

  @Test
  void ofTrainingModeIsRefused() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var empty = tf.constant(new float[] {});
      var x = tf.reshape(values(tf, 8, 0.5), tf.constant(new int[] {2, 2, 1, 2}));
      var fused =
          fused(
              tf,
              "FusedBatchNorm",
              List.of(x, values(tf, 2, 1), values(tf, 2, 1), empty, empty),
              true);
      assertThatThrownBy(() -> gradient(tf, fused, x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be in inference mode")
          .hasMessageContaining("export the model in inference mode");
    }
  }

  private static Operand<TFloat32> fused(
      Ops tf, String type, List<Operand<TFloat32>> operands, boolean training) {
    return RawOperation.of(tf, type)
        .in(operands.toArray(Operand<?>[]::new))
        .with(op -> op.setAttr("is_training", training))
        .with(op -> op.setAttr("epsilon", EPSILON))
        .output();
  }

  /** The gradient of Σ tanh, so that each element has another weight. */
  private static Operand<TFloat32> gradient(Ops tf, Operand<TFloat32> of, Operand<TFloat32> with) {
    return Gradients.of(tf, GradientCase.sum(tf, tf.math.tanh(of)), with);
  }

  private static void close(
      GraphSession session, Operand<TFloat32> found, Operand<TFloat32> expected) {
    float[] values = session.run(Feeds.none(), found).values();
    float[] right = session.run(Feeds.none(), expected).values();
    assertThat(values).hasSameSizeAs(right);
    double norm = 0;
    for (int i = 0; i < right.length; i++) {
      assertThat((double) values[i]).isCloseTo(right[i], within(ROUNDING));
      norm += Math.abs(right[i]);
    }
    assertThat(norm).isPositive();
  }

  private static Operand<TFloat32> values(Ops tf, int count, double step) {
    float[] values = new float[count];
    IntStream.range(0, count).forEach(i -> values[i] = (float) Math.sin(1 + step * i) + 0.2f);
    return tf.constant(values);
  }
}
