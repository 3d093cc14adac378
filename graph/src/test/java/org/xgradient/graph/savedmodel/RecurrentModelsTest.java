package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.KerasRecurrence.Cell;

/** Recurrent layers of Keras with masks and in both directions, against plain loops. */
class RecurrentModelsTest {

  private static final int STEPS = 4;
  private static final int FEATURES = 2;
  private static final int UNITS = 3;

  /** Sums of at most 20 float32 products and functions of them, values up to 1. */
  private static final double ROUNDING = 1e-5;

  /** Of a central difference in float64 with a step of 1e-5, beside rounding. */
  private static final double DIFFERENCE = 2e-5;

  private static final float[][] TABLE =
      KerasRecurrence.drawn(new SplittableRandom(9), 6, FEATURES);

  @TempDir Path folder;

  /** The logit of a row, from its steps and their mask. */
  private interface Plain {
    double of(double[][] inputs, boolean[] mask);
  }

  private LoadedModel exported(BothWays layer, Function<Ops, SignatureSpec> build)
      throws Exception {
    Path model = folder.resolve("model");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      SavedModels.write(model, session, List.of(build.apply(session.ops())));
    }
    // The functions of both directions are the same but for the weights, which are passed.
    FunctionWrapper.edit(model, layer.forward::withLoops);
    return SavedModels.load(
        model, LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()));
  }

  private static SignatureSpec serving() {
    return SignatureSpec.of(SignatureSpec.SERVING);
  }

  private static Placeholder<TFloat32> steps(Ops tf) {
    return tf.withName("x")
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, STEPS, FEATURES)));
  }

  /** Both directions: the last output of each, side by side, and a dense layer. */
  private static final class BothWays {

    private final KerasRecurrence forward;
    private final KerasRecurrence backward;

    BothWays(Cell cell) {
      forward = KerasRecurrence.drawn(cell, FEATURES, UNITS, 1);
      backward = KerasRecurrence.drawn(cell, FEATURES, UNITS, 2);
    }

    Operand<TFloat32> logits(Ops tf, Operand<TFloat32> x, @Nullable Operand<TBool> mask) {
      var ahead = last(tf, forward.outputs(tf, x, mask, false));
      var back = last(tf, backward.outputs(tf, x, mask, true));
      var both = tf.concat(List.of(ahead, back), tf.constant(-1));
      return tf.linalg.matMul(both, tf.constant(weights()));
    }

    private static Operand<TFloat32> last(Ops tf, Operand<TFloat32> outputs) {
      return tf.stridedSlice(outputs, Indices.at(-1));
    }

    private static float[][] weights() {
      return KerasRecurrence.drawn(new SplittableRandom(3), 2 * UNITS, 1);
    }

    double plain(double[][] inputs, boolean[] mask) {
      double[] ahead = forward.plain(inputs, mask, false)[STEPS - 1];
      double[] back = backward.plain(inputs, mask, true)[STEPS - 1];
      double logit = 0;
      for (int i = 0; i < UNITS; i++) {
        logit += ahead[i] * weights()[i][0] + back[i] * weights()[UNITS + i][0];
      }
      return logit;
    }
  }

  private static double[][][] draw(int rows) {
    SplittableRandom random = new SplittableRandom(7);
    double[][][] drawn = new double[rows][STEPS][FEATURES];
    for (double[][] row : drawn) {
      for (double[] step : row) {
        for (int i = 0; i < FEATURES; i++) {
          step[i] = 2 * random.nextDouble() - 1;
        }
      }
    }
    return drawn;
  }

  private static double[] flat(double[][]... rows) {
    double[] flat = new double[rows.length * STEPS * FEATURES];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / (STEPS * FEATURES)][i / FEATURES % STEPS][i % FEATURES];
    }
    return flat;
  }

  /** Values and gradients at what is explained, which are the steps of each row. */
  private static void check(
      LoadedModel loaded, Examples examples, double[][][] rows, boolean[][] masks, Plain plain) {
    ForwardPass pass = ForwardPass.ofInference(loaded);
    var gradient = Gradients.of(loaded.session().ops(), pass.logits(), pass.inputs());
    int[] all = new int[rows.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    Feeds feeds = examples.fixed().addTo(Feeds.of(pass.inputs(), examples.explained()), all);
    float[] logits = loaded.logits(examples).values();
    float[] slopes = loaded.session().run(feeds, gradient).values();
    for (int row = 0; row < rows.length; row++) {
      double expected = plain.of(rows[row], masks[row]);
      assertThat((double) logits[row]).isCloseTo(expected, within(ROUNDING));
      for (int i = 0; i < STEPS * FEATURES; i++) {
        double slope = difference(rows[row], masks[row], i, plain);
        assertThat((double) slopes[row * STEPS * FEATURES + i])
            .as("row %s, step %s, feature %s", row, i / FEATURES, i % FEATURES)
            .isCloseTo(slope, within(DIFFERENCE));
      }
    }
  }

  private static double difference(double[][] inputs, boolean[] mask, int place, Plain plain) {
    double[] step = inputs[place / FEATURES];
    double before = step[place % FEATURES];
    double size = 1e-5;
    step[place % FEATURES] = before + size;
    double above = plain.of(inputs, mask);
    step[place % FEATURES] = before - size;
    double below = plain.of(inputs, mask);
    step[place % FEATURES] = before;
    return (above - below) / (2 * size);
  }

  private static boolean[] all(boolean value) {
    boolean[] mask = new boolean[STEPS];
    java.util.Arrays.fill(mask, value);
    return mask;
  }

  @ParameterizedTest
  @EnumSource
  void bothDirectionsAreUnrolled(Cell cell) throws Exception {
    BothWays layer = new BothWays(cell);
    double[][][] rows = draw(2);
    try (LoadedModel loaded =
        exported(
            layer,
            tf -> {
              var x = steps(tf);
              return serving().withInput("x", x).withOutput("y", layer.logits(tf, x, null));
            })) {
      Examples examples = loaded.examples(InputValues.of(flat(rows), 2, STEPS, FEATURES));
      check(loaded, examples, rows, new boolean[][] {all(true), all(true)}, layer::plain);
      assertThat(RowIndependence.of(loaded)).isInstanceOf(RowIndependence.Proven.class);
    }
  }

  /**
   * Rows of all steps, of some at the beginning, as Keras pads, of some in between, and of none.
   */
  private static boolean[][] masks() {
    return new boolean[][] {
      all(true), {true, true, false, false}, {false, true, false, true}, all(false)
    };
  }

  @ParameterizedTest
  @EnumSource
  void aMaskThatIsGivenIsHeldFixed(Cell cell) throws Exception {
    BothWays layer = new BothWays(cell);
    double[][][] rows = draw(4);
    double[] flags = new double[4 * STEPS];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = masks()[i / STEPS][i % STEPS] ? 1 : 0;
    }
    try (LoadedModel loaded =
        exported(
            layer,
            tf -> {
              var x = steps(tf);
              var mask =
                  tf.withName("mask")
                      .placeholder(TBool.class, Placeholder.shape(Shape.of(-1, STEPS)));
              return serving()
                  .withInput("x", x)
                  .withInput("mask", mask)
                  .withOutput("y", layer.logits(tf, x, mask));
            })) {
      Examples examples =
          loaded.examples(
              Map.of(
                  "x", InputValues.of(flat(rows), 4, STEPS, FEATURES),
                  "mask", InputValues.of(flags, 4, STEPS)));
      check(loaded, examples, rows, masks(), layer::plain);
    }
  }

  /** {@code Embedding(mask_zero=True)}: explained at the embedding, masked by the padding token. */
  @ParameterizedTest
  @EnumSource
  void tokensAreMaskedByTheirPadding(Cell cell) throws Exception {
    BothWays layer = new BothWays(cell);
    double[] ids = {1, 2, 3, 4, 5, 1, 0, 0, 0, 4, 0, 2, 0, 0, 0, 0};
    double[][][] rows = new double[4][STEPS][FEATURES];
    for (int i = 0; i < ids.length; i++) {
      for (int j = 0; j < FEATURES; j++) {
        rows[i / STEPS][i % STEPS][j] = TABLE[(int) ids[i]][j];
      }
    }
    try (LoadedModel loaded =
        exported(
            layer,
            tf -> {
              var tokens =
                  tf.withName("ids")
                      .placeholder(TInt64.class, Placeholder.shape(Shape.of(-1, STEPS)));
              var embedded = tf.gather(tf.constant(TABLE), tokens, tf.constant(0));
              var mask = tf.math.notEqual(tokens, tf.constant(0L));
              return serving()
                  .withInput("ids", tokens)
                  .withOutput("y", layer.logits(tf, embedded, mask));
            })) {
      assertThat(loaded.parts()).hasSize(1);
      assertThat(loaded.parts().get(0).shape()).isEqualTo(ImmutableIntArray.of(STEPS, FEATURES));
      assertThat(loaded.parts().get(0).why()).contains("there is no gradient through GatherV2");
      Examples examples = loaded.examples(InputValues.of(ids, 4, STEPS));
      check(loaded, examples, rows, masks(), layer::plain);
      assertThat(RowIndependence.of(loaded)).isInstanceOf(RowIndependence.Proven.class);
    }
  }

  /** The layer {@code Masking}: steps whose features all are the mask's value don't count. */
  @Test
  void stepsOfZerosAreMaskedByALayer() throws Exception {
    BothWays layer = new BothWays(Cell.LSTM);
    double[][][] rows = draw(4);
    for (int i = 0; i < 4 * STEPS; i++) {
      if (!masks()[i / STEPS][i % STEPS]) {
        rows[i / STEPS][i % STEPS] = new double[FEATURES];
      }
    }
    try (LoadedModel loaded =
        exported(
            layer,
            tf -> {
              var x = steps(tf);
              var kept =
                  tf.any(
                      tf.math.notEqual(x, tf.constant(0f)),
                      tf.constant(-1),
                      org.tensorflow.op.core.Any.keepDims(true));
              var masked = tf.math.mul(x, tf.dtypes.cast(kept, TFloat32.class));
              var mask = tf.squeeze(kept, org.tensorflow.op.core.Squeeze.axis(List.of(-1L)));
              return serving().withInput("x", x).withOutput("y", layer.logits(tf, masked, mask));
            })) {
      Examples examples = loaded.examples(InputValues.of(flat(rows), 4, STEPS, FEATURES));
      // The mask follows from the steps themselves, and is constant around them.
      check(loaded, examples, rows, masks(), layer::plain);
    }
  }

  /** All outputs, in the order of the steps: those of the way back are turned around. */
  @Test
  void allOutputsOfBothDirectionsStandSideBySide() throws Exception {
    BothWays layer = new BothWays(Cell.GRU);
    double[][][] rows = draw(1);
    try (LoadedModel loaded =
        exported(
            layer,
            tf -> {
              var x = steps(tf);
              var ahead = layer.forward.outputs(tf, x, null, false);
              var back =
                  tf.reverse(layer.backward.outputs(tf, x, null, true), tf.constant(new int[] {0}));
              var both = tf.concat(List.of(ahead, back), tf.constant(-1));
              return serving()
                  .withInput("x", x)
                  .withOutput("y", tf.linalg.transpose(both, tf.constant(new int[] {1, 0, 2})));
            })) {
      assertThat(loaded.output().shape()).isEqualTo(ImmutableIntArray.of(STEPS, 2 * UNITS));
      float[] outputs =
          loaded.logits(loaded.examples(InputValues.of(flat(rows), 1, STEPS, FEATURES))).values();
      double[][] ahead = layer.forward.plain(rows[0], all(true), false);
      double[][] back = layer.backward.plain(rows[0], all(true), true);
      for (int t = 0; t < STEPS; t++) {
        for (int k = 0; k < UNITS; k++) {
          assertThat((double) outputs[t * 2 * UNITS + k]).isCloseTo(ahead[t][k], within(ROUNDING));
          assertThat((double) outputs[t * 2 * UNITS + UNITS + k])
              .isCloseTo(back[STEPS - 1 - t][k], within(ROUNDING));
        }
      }
    }
  }
}
