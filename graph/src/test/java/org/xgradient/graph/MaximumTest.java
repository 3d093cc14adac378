package org.xgradient.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;

/** TensorFlow's optimizer takes a maximum of a number and its multiple for a leaky ReLU. */
class MaximumTest {

  private static final float[] NUMBERS = {-2, -1, -0.5f, 0.5f, 1, 3};

  /** Ways to write a multiple of a number. */
  private enum Multiple {
    HALF(0.5f),
    DOUBLE(2),
    SUM(2),
    SUM_OF_THREE(3),
    QUOTIENT(4),
    NEGATED(-3);

    private final float factor;

    Multiple(float factor) {
      this.factor = factor;
    }

    Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
      return switch (this) {
        case SUM -> tf.math.add(x, x);
        case SUM_OF_THREE -> tf.math.addN(List.of(x, x, x));
        case QUOTIENT -> tf.math.div(x, tf.constant(1 / factor));
        default -> tf.math.mul(tf.constant(factor), x);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheLargerOfANumberAndItsMultiple(Multiple multiple) {
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(NUMBERS.length)));
      Operand<TFloat32> number = tf.math.sub(x, tf.constant(0.25f));
      Operand<TFloat32> product = multiple.of(tf, number);
      Operand<TFloat32> larger = tf.math.maximum(number, product);
      Operand<TFloat32> gradient = Gradients.of(tf, larger, List.of(x)).get(0);

      Feeds feeds = Feeds.of(x, FloatArray.of(NUMBERS, NUMBERS.length));
      // One by one, for the optimizer sees what a run asks for.
      FloatArray values = session.run(feeds, tf.math.mul(larger, tf.constant(1f)));
      FloatArray slopes = session.run(feeds, gradient);
      assertThat(session.run(feeds, List.of(larger, product), List.of()).get(0)).isEqualTo(values);

      for (int i = 0; i < NUMBERS.length; i++) {
        float value = NUMBERS[i] - 0.25f;
        boolean isProduct = multiple.factor * value > value;
        assertThat(values.values()[i]).isEqualTo(isProduct ? multiple.factor * value : value);
        assertThat(slopes.values()[i]).isEqualTo(isProduct ? multiple.factor : 1);
      }
    }
  }

  private static Operand<TFloat32> larger(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> number = tf.math.sub(x, tf.constant(0.25f));
    return tf.withName("larger").math.maximum(number, tf.math.add(number, number));
  }

  @Test
  void isRefusedOnceItsSessionRan() {
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1)));
      Feeds one = Feeds.of(x, FloatArray.of(new float[] {1}, 1));
      assertThat(session.run(one, tf.nn.relu(x)).values()).containsExactly(1);

      assertThat(session.run(one, tf.math.maximum(x, tf.constant(2f))).values()).containsExactly(2);
      Operand<TFloat32> larger = larger(tf, x);
      assertThatThrownBy(() -> session.run(one, larger))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("before the first run of its session, found larger");
    }
  }

  @Test
  void isRightInASessionThatFusesNothing() {
    SessionOptions options = SessionOptions.withDefaults().withFusing(false);
    try (GraphSession session = GraphSession.open(options)) {
      var tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(2)));
      Feeds two = Feeds.of(x, FloatArray.of(new float[] {1.25f, -0.75f}, 2));
      assertThat(session.run(two, tf.nn.relu(x)).values()).containsExactly(1.25f, 0);
      assertThat(session.run(two, larger(tf, x)).values()).containsExactly(2, -1);
    }
  }

  @Test
  void isRightInASavedModel(@TempDir Path folder) throws Exception {
    Path model = folder.resolve("model");
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of(SignatureSpec.SERVING)
                  .withInput("x", x)
                  .withOutput("logits", larger(tf, x))));
    }
    try (LoadedModel loaded = SavedModels.load(model)) {
      FloatArray rows = FloatArray.of(new float[] {1.25f, -0.75f}, 1, 2);
      assertThat(loaded.logits(loaded.examples(InputValues.of(rows))).values())
          .containsExactly(2, -1);
    }
  }
}
