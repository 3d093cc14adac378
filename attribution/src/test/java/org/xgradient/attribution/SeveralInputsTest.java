package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.savedmodel.Examples;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;

/**
 * A model of several inputs, explained together, against the same model with its inputs side by
 * side as one.
 */
class SeveralInputsTest {

  private static final int ROWS = 7;
  private static final int[] SIZES = {2, 3, 1};
  private static final int FEATURES = 6;

  /** A few units in the last place of sums of 6 to 16 terms, in another order. */
  private static final float ROUNDING = 5e-6f;

  @TempDir Path folder;

  static Stream<AttributionMethod> methods() {
    return Stream.of(
        new XGradient(),
        new Gradient(),
        new InputXGradient(),
        IntegratedGradients.withDefaults(),
        new IntegratedGradients(
            Baseline.constant(0.25f), Quadrature.of(Quadrature.Rule.MIDPOINT, 20)),
        new AdaptiveIntegratedGradients(Baseline.zero(), 1e-3, 64));
  }

  private Path export(String name, Function<Ops, SignatureSpec> build) throws Exception {
    Path model = folder.resolve(name);
    try (GraphSession session = GraphSession.open()) {
      SavedModels.write(model, session, List.of(build.apply(session.ops())));
    }
    return model;
  }

  private static Placeholder<TFloat32> input(Ops tf, String name, long size) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, size)));
  }

  /** Two layers with ReLU, and biases for all methods but X-Gradient. */
  private static Operand<TFloat32> logits(Ops tf, Operand<TFloat32> x, boolean biases) {
    Operand<TFloat32> hidden = tf.linalg.matMul(x, tf.constant(weights(FEATURES, 16, 1)));
    if (biases) {
      hidden = tf.nn.biasAdd(hidden, tf.constant(weights(1, 16, 2)[0]));
    }
    return tf.linalg.matMul(tf.nn.relu(hidden), tf.constant(weights(16, 3, 3)));
  }

  private static float[][] weights(int rows, int columns, int seed) {
    float[] drawn = TestNets.rows(rows, columns, seed).values();
    float[][] weights = new float[rows][columns];
    for (int i = 0; i < drawn.length; i++) {
      weights[i / columns][i % columns] = drawn[i];
    }
    return weights;
  }

  private Path apart(boolean biases) throws Exception {
    return export(
        "apart",
        tf -> {
          List<Operand<TFloat32>> inputs =
              List.of(input(tf, "a", 2), input(tf, "b", 3), input(tf, "c", 1));
          var logits = logits(tf, tf.concat(inputs, tf.constant(1)), biases);
          return SignatureSpec.of(SignatureSpec.SERVING)
              .withInput("a", inputs.get(0))
              .withInput("b", inputs.get(1))
              .withInput("c", inputs.get(2))
              .withOutput("logits", logits);
        });
  }

  private Path together(boolean biases) throws Exception {
    return export(
        "together",
        tf -> {
          var x = input(tf, "x", FEATURES);
          return SignatureSpec.of(SignatureSpec.SERVING)
              .withInput("x", x)
              .withOutput("logits", logits(tf, x, biases));
        });
  }

  private static Map<String, InputValues> split(FloatArray rows) {
    return Map.of("a", columns(rows, 0), "b", columns(rows, 1), "c", columns(rows, 2));
  }

  private static InputValues columns(FloatArray rows, int input) {
    int from = 0;
    for (int i = 0; i < input; i++) {
      from += SIZES[i];
    }
    float[] values = new float[ROWS * SIZES[input]];
    for (int i = 0; i < values.length; i++) {
      int row = i / SIZES[input];
      values[i] = rows.values()[row * FEATURES + from + i % SIZES[input]];
    }
    return InputValues.of(FloatArray.of(values, ROWS, SIZES[input]));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void areExplainedAsOne(AttributionMethod method) throws Exception {
    boolean biases = !(method instanceof XGradient);
    FloatArray rows = TestNets.rows(ROWS, FEATURES, 5);
    try (LoadedModel several = SavedModels.load(apart(biases));
        LoadedModel one = SavedModels.load(together(biases))) {
      Examples examples = several.examples(split(rows));
      assertThat(examples.explained()).isEqualTo(rows);
      Attributions found =
          Attributor.of(several, method).attribute(examples.explained(), examples.fixed());
      Attributions expected = Attributor.of(one, method).attribute(rows);
      assertThat(found.values().shape()).isEqualTo(expected.values().shape());
      assertThat(found.values().values())
          .containsExactly(expected.values().values(), within(ROUNDING));
      assertThat(found.logits().values())
          .containsExactly(expected.logits().values(), within(ROUNDING));
      // Completeness is over the sum of all inputs.
      found
          .completeness()
          .ifPresent(
              gap ->
                  assertThat(gap.relativeGap())
                      .isCloseTo(
                          expected.completeness().orElseThrow().relativeGap(), within(1e-5)));
    }
  }

  @Test
  void areHomogeneousTogether() throws Exception {
    try (LoadedModel several = SavedModels.load(apart(false))) {
      assertThat(Homogeneity.of(several).orElseThrow().degree()).isEqualTo(1);
    }
    try (LoadedModel several = SavedModels.load(apart(true))) {
      assertThat(Homogeneity.of(several)).isInstanceOf(Homogeneity.NotProven.class);
    }
  }
}
