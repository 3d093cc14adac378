package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.embedding.EmbeddedModel;
import org.xgradient.graph.embedding.EmbeddedNetwork;
import org.xgradient.graph.network.Network;

/** Attributions to embeddings, an inner tensor. */
class EmbeddedAttributionTest {

  private static final FloatArray TEXTS =
      FloatArray.of(new float[] {3, 9, 4, 2, 0, 0, 5, 1, 0, 0, 0, 0, 2, 3, 4, 5, 6, 7}, 3, 6);

  /** A few units in the last place of sums of some tens of terms. */
  private static final float ROUNDING = 2e-6f;

  static Stream<Network> bodies() {
    return Stream.of(
        Networks.textConvNet(6, 4, 3, 8, ImmutableIntArray.of(2, 3)),
        Networks.textMean(6, 4, 3, 5));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void xGradientIsIntegratedGradientsWithoutBiases(Network body) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = new EmbeddedNetwork(10, body).withoutBiases().build(session, 1);
      Attributions x = Attributor.of(model, new XGradient()).attribute(TEXTS);
      Attributions path = Attributor.of(model, steps(128)).attribute(TEXTS);
      assertThat(x.values().shape()).isEqualTo(ImmutableIntArray.of(3, 6, 4));
      assertThat(x.values().values()).containsExactly(path.values().values(), within(ROUNDING));
      assertThat(x.completeness().orElseThrow().relativeGap()).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void paddingAndBlanksHaveNoPart(Network body) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = new EmbeddedNetwork(10, body).build(session, 1);
      var found = Attributor.of(model, steps(8)).attribute(TEXTS).values();
      for (int i = 0; i < TEXTS.size(); i++) {
        boolean silent = TEXTS.values()[i] <= EmbeddedNetwork.BLANK;
        for (int d = 0; d < 4; d++) {
          if (silent) {
            assertThat(found.values()[4 * i + d]).isZero();
          }
        }
      }
    }
  }

  /** The baseline of a network with biases is the text of blanks, not the empty one. */
  @ParameterizedTest
  @MethodSource("bodies")
  void pathsEndWhereTheTextIsAllBlanks(Network body) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = new EmbeddedNetwork(10, body).build(session, 1);
      Attributions found = Attributor.of(model, steps(512)).attribute(TEXTS);
      // ReLU bends the path; 512 points see where to about a thousandth.
      assertThat(found.completeness().orElseThrow().relativeGap()).isLessThan(5e-3);
      FloatArray blanks =
          FloatArray.of(new float[] {1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, 3, 6);
      Attributions atBlanks = Attributor.of(model, new InputXGradient()).attribute(blanks);
      int classes = 3;
      for (int row = 0; row < 3; row++) {
        int predicted = 0;
        for (int c = 1; c < classes; c++) {
          float[] logits = found.logits().values();
          predicted = logits[row * classes + c] > logits[row * classes + predicted] ? c : predicted;
        }
        assertThat(found.baselineOutput().orElseThrow().values()[row])
            .isCloseTo(atBlanks.logits().values()[row * classes + predicted], within(ROUNDING));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void chunksAndBatchesChangeNothing(Network body) {
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = new EmbeddedNetwork(10, body).build(session, 1);
      var method = steps(16);
      var whole = Attributor.of(model, method).attribute(TEXTS).values();
      var options = AttributorOptions.withDefaults().withMaxBatch(1).withMemoryBudget(20_000);
      var parts = Attributor.of(model, method, options).attribute(TEXTS).values();
      assertThat(parts.values()).containsExactly(whole.values(), within(ROUNDING));
    }
  }

  private static IntegratedGradients steps(int steps) {
    return IntegratedGradients.withDefaults().withQuadrature(Quadrature.gaussLegendre(steps));
  }
}
