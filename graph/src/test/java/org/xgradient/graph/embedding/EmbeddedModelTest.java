package org.xgradient.graph.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.gradient.GradientCase;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Conv1d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.PoolOverTime;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.testing.GradientCheck;

/** Words in, logits out; padding and neighbours must not be seen. */
class EmbeddedModelTest {

  private static final int WORDS = 12;
  private static final int DIMENSION = 5;

  /** Sums of some tens of products of numbers below 1, in float32, in another order. */
  private static final float ROUNDING = 1e-6f;

  static Stream<Network> bodies() {
    return bodies(8);
  }

  private static Stream<Network> bodies(int steps) {
    Network deep =
        new Network(
            "deep",
            ImmutableIntArray.of(steps, DIMENSION),
            Sequential.of(
                Conv1d.of(6, 3),
                Activation.RELU,
                Conv1d.of(4, 4),
                PoolOverTime.max(),
                Dense.of(3)));
    return Stream.of(
        Networks.textConvNet(steps, DIMENSION, 3, 7, ImmutableIntArray.of(1, 2, 5)),
        Networks.textMean(steps, DIMENSION, 3, 6),
        deep);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void paddingAddsNothing(Network body) {
    Network longer =
        bodies(15).filter(other -> other.name().equals(body.name())).findFirst().orElseThrow();
    float[] words = {2, 7, 4, 4, 9};
    assertThat(logits(longer, words)).containsExactly(logits(body, words), within(ROUNDING));
    Network whole =
        bodies(5).filter(other -> other.name().equals(body.name())).findFirst().orElseThrow();
    assertThat(logits(whole, words)).containsExactly(logits(body, words), within(ROUNDING));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void neighboursInABatchChangeNothing(Network body) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = new EmbeddedNetwork(WORDS, body).build(session, 3);
      FloatArray alone = FloatArray.of(new float[] {5, 3, 2, 0, 0, 0, 0, 0}, 1, 8);
      FloatArray together =
          FloatArray.of(
              new float[] {5, 3, 2, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4, 11, 0, 0, 0, 0, 0, 0, 0},
              3,
              8);
      assertThat(run(model, together).rows(0, 1).values())
          .containsExactly(run(model, alone).values(), within(ROUNDING));
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void withoutBiasesItIsHomogeneousInTheEmbeddings(Network body) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel regular = new EmbeddedNetwork(WORDS, body).build(session, 3);
      EmbeddedModel x = new EmbeddedNetwork(WORDS, body).withoutBiases().build(session, 3);
      assertThat(Homogeneity.of(regular)).isInstanceOf(Homogeneity.NotProven.class);
      assertThat(Homogeneity.of(x).orElseThrow().degree()).isEqualTo(1);
      assertThat(RowIndependence.of(x)).isInstanceOf(RowIndependence.Proven.class);
    }
  }

  /** Twice the table gives twice the logits, which no proof took part in. */
  @ParameterizedTest
  @MethodSource("bodies")
  void twiceTheEmbeddingsGiveTwiceTheLogits(Network body) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel x = new EmbeddedNetwork(WORDS, body).withoutBiases().build(session, 3);
      FloatArray text = FloatArray.of(new float[] {5, 3, 2, 8, 0, 0, 0, 0}, 1, 8);
      float[] once = run(x, text).values();
      var table = x.parameters().get(0);
      FloatArray doubled = table.read(session);
      for (int i = 0; i < doubled.size(); i++) {
        doubled.values()[i] *= 2;
      }
      table.assign(session, doubled);
      float[] twice = run(x, text).values();
      for (int i = 0; i < once.length; i++) {
        assertThat(once[i]).isNotZero();
        assertThat(twice[i]).isEqualTo(2 * once[i]);
      }
    }
  }

  /** What trains the table against a prior: gradients of a penalty on the words' attributions. */
  @ParameterizedTest
  @MethodSource("bodies")
  void secondOrderGradientsEqualCentralDifferences(Network body) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = new EmbeddedNetwork(WORDS, body).build(session, 3);
      var tf = session.ops();
      ForwardPass pass =
          model.forward(
              tf.constant(new float[][] {{5, 3, 2, 5, 0, 0, 0, 0}, {4, 4, 1, 9, 2, 5, 7, 3}}),
              Mode.inference());
      var embeddings = pass.inputs();
      var target = tf.math.square(GradientCase.sum(tf, pass.logits()));
      var attribution = tf.math.mul(embeddings, Gradients.of(tf, target, embeddings));
      var ofWords = tf.sum(attribution, tf.constant(2));
      var penalty = GradientCase.sum(tf, tf.math.square(ofWords));
      List<Operand<TFloat32>> parameters =
          model.parameters().stream().<Operand<TFloat32>>map(Parameter::value).toList();
      var gradients = Gradients.of(tf, penalty, parameters);
      ImmutableMap.Builder<Operand<TFloat32>, Operand<TFloat32>> byParameter =
          ImmutableMap.builder();
      for (int i = 0; i < parameters.size(); i++) {
        byParameter.put(parameters.get(i), gradients.get(i));
      }

      GradientCheck check =
          GradientCheck.atRandomPoint(tf, penalty, byParameter.buildOrThrow(), 20_211_115);

      assertThat(check.norm()).as("norm of the gradients").isGreaterThan(0.01);
      assertThat(check.error()).as("error").isLessThan(GradientCheck.TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void embeddingsOfPaddingAndOfBlanksAreZeroWhateverTheTableSays(Network body) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = new EmbeddedNetwork(WORDS, body).build(session, 3);
      var tokens = placeholder(model);
      ForwardPass pass = model.forward(tokens);
      FloatArray text = FloatArray.of(new float[] {5, 1, 2, 0, 0, 0, 0, 0}, 1, 8);
      var embeddings = session.run(Feeds.of(tokens, text), pass.inputs());
      assertThat(embeddings.shape()).isEqualTo(ImmutableIntArray.of(1, 8, DIMENSION));
      for (int step = 0; step < 8; step++) {
        for (int i = 0; i < DIMENSION; i++) {
          float value = embeddings.values()[step * DIMENSION + i];
          if (step == 0 || step == 2) {
            assertThat(value).isNotZero();
          } else {
            assertThat(value).isZero();
          }
        }
      }
    }
  }

  /** The table learns by the gathered rows only, and by those of padding and blanks not at all. */
  @Test
  void theGradientOfTheTableIsThatOfItsWords() {
    try (GraphSession session = GraphSession.open()) {
      Network body = Networks.textMean(4, DIMENSION, 1);
      EmbeddedModel model = new EmbeddedNetwork(WORDS, body).build(session, 3);
      var tokens = placeholder(model);
      ForwardPass pass = model.forward(tokens);
      var tf = session.ops();
      var sum = tf.reduceSum(pass.logits(), tf.constant(new int[] {0, 1}));
      var gradient = Gradients.of(tf, sum, List.of(model.parameters().get(0).value())).get(0);
      FloatArray text = FloatArray.of(new float[] {5, 5, 1, 3, 6, 0, 0, 0}, 2, 4);
      float[] found = session.run(Feeds.of(tokens, text), gradient).values();
      float[] weight = model.parameters().get(1).read(session).values();
      // The mean of four places in the first text, of one in the second.
      float[] shares = new float[WORDS];
      shares[5] = 2 / 4f;
      shares[3] = 1 / 4f;
      shares[6] = 1;
      for (int word = 0; word < WORDS; word++) {
        for (int i = 0; i < DIMENSION; i++) {
          assertThat(found[word * DIMENSION + i])
              .isCloseTo(shares[word] * weight[i], within(1e-6f));
        }
      }
    }
  }

  @Test
  void saysWhatItTakes() {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model =
          new EmbeddedNetwork(WORDS, Networks.textMean(4, DIMENSION, 1)).build(session, 3);
      assertThat(model.inputs())
          .containsExactly(
              new ModelInput(
                  "tokens",
                  ModelInput.Kind.INTEGERS,
                  ImmutableIntArray.of(4),
                  ModelInput.Role.SOURCE));
      assertThatThrownBy(() -> ((EmbeddedModel) model).assign(Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("textmean needs weights for [embedding, fc1.bias, fc1.weight]");
    }
    assertThatThrownBy(() -> new EmbeddedNetwork(2, Networks.textMean(4, DIMENSION, 1)))
        .hasMessageContaining("found a table of 2 rows");
    assertThatThrownBy(() -> new EmbeddedNetwork(WORDS, Networks.mlp(4, 1)))
        .hasMessageContaining("[steps, dimension], found [4]");
  }

  private static float[] logits(Network body, float... words) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = new EmbeddedNetwork(WORDS, body).build(session, 3);
      float[] text = new float[body.inputShape().get(0)];
      System.arraycopy(words, 0, text, 0, words.length);
      return run(model, FloatArray.of(text, 1, text.length)).values();
    }
  }

  private static Placeholder<TFloat32> placeholder(EmbeddedModel model) {
    var shape = Placeholder.shape(Shapes.batchOf(model.inputShape()));
    return model.ops().placeholder(TFloat32.class, shape);
  }

  private static FloatArray run(EmbeddedModel model, FloatArray texts) {
    var tokens = placeholder(model);
    return model.session().run(Feeds.of(tokens, texts), model.forward(tokens).logits());
  }
}
