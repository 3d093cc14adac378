package org.xgradient.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;

class LossTest {

  private static final double ROUNDING = 1e-6;

  @Test
  void binaryCrossEntropyEqualsItsFormulaAndDoesNotOverflow() {
    float[] logits = {0.5f, -2, 200, -200, 200};
    float[] labels = {1, 0, 0, 1, 1};
    float[] losses = losses(Loss.of(Task.BINARY), column(logits), labels);
    assertThat((double) losses[0]).isCloseTo(Math.log1p(Math.exp(-0.5)), within(ROUNDING));
    assertThat((double) losses[1]).isCloseTo(Math.log1p(Math.exp(-2)), within(ROUNDING));
    assertThat(losses).endsWith(200, 200, 0);
  }

  @Test
  void softmaxCrossEntropyEqualsItsFormulaAndDoesNotOverflow() {
    FloatArray logits = FloatArray.of(new float[] {1, 2, 3, 300, 0, -300}, 2, 3);
    float[] losses = losses(Loss.of(Task.MULTICLASS), logits, 1, 2);
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
    assertThat((double) losses[0]).isCloseTo(Math.log(sum) - 2, within(ROUNDING));
    assertThat(losses[1]).isEqualTo(600);
  }

  @Test
  void squaredErrorEqualsItsFormula() {
    assertThat(losses(Loss.of(Task.REGRESSION), column(1, -2), 4, 0.5f)).containsExactly(9, 6.25f);
  }

  /** The gradient of cross-entropy is p - y; at the ends it must be 0 or 1, not NaN. */
  @Test
  void gradientsAreFiniteFarOut() {
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var logits = tf.constant(new float[][] {{300}, {-300}, {0}});
      var labels = tf.constant(new float[] {0, 0, 1});
      var loss = Loss.binaryCrossEntropy().perExample(tf, logits, labels);
      assertThat(session.run(Feeds.none(), Gradients.of(tf, loss, logits)).values())
          .containsExactly(1, 0, -0.5f);
      var wide = tf.constant(new float[][] {{300, -300}});
      var softmax = Loss.softmaxCrossEntropy().perExample(tf, wide, tf.constant(new float[] {1}));
      assertThat(session.run(Feeds.none(), Gradients.of(tf, softmax, wide)).values())
          .containsExactly(1, -1);
    }
  }

  @Test
  void refusesSeveralOutputsWhereThereMustBeOne() {
    FloatArray two = FloatArray.zeros(1, 2);
    assertThatThrownBy(() -> losses(Loss.binaryCrossEntropy(), two, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("binary cross-entropy needs a model with one output, found 2");
    assertThatThrownBy(() -> losses(Loss.squaredError(), two, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the squared error needs a model with one output, found 2");
  }

  private static FloatArray column(float... values) {
    return FloatArray.of(values, values.length, 1);
  }

  private static float[] losses(Loss loss, FloatArray logits, float... labels) {
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var operand = tf.reshape(tf.constant(logits.values()), tf.constant(logits.shape().toArray()));
      return session.run(Feeds.none(), loss.perExample(tf, operand, tf.constant(labels))).values();
    }
  }
}
