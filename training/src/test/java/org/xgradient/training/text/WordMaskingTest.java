package org.xgradient.training.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.embedding.EmbeddedModel;
import org.xgradient.graph.embedding.EmbeddedNetwork;
import org.xgradient.metrics.masking.KeptFractions;
import org.xgradient.metrics.masking.MaskingCurve;
import org.xgradient.metrics.masking.MaskingMetric;

class WordMaskingTest {

  private static final FloatArray TOKENS =
      FloatArray.of(new float[] {5, 6, 7, 8, 0, 0, 9, 5, 0, 0, 0, 0}, 2, 6);

  private static final FloatArray WORDS =
      FloatArray.of(new float[] {1, -3, 2, 0.5f, 0, 0, -1, 4, 0, 0, 0, 0}, 2, 6);

  private static WordMasking masking(GraphSession session) {
    var network = new EmbeddedNetwork(12, Networks.textMean(6, 4, 1)).withoutBiases();
    EmbeddedModel model = network.build(session, 1);
    return new WordMasking(model, TOKENS, new int[] {1, 0}, KeptFractions.linear(3));
  }

  /** Half of four words, half of two; padding stays padding. */
  @Test
  void fractionsAreOfTheWordsOfEachText() {
    try (GraphSession session = GraphSession.open()) {
      WordMasking masking = masking(session);
      assertThat(masking.masked(WORDS, MaskingMetric.KAM, 0.5).values())
          .containsExactly(1, 6, 7, 1, 0, 0, 1, 5, 0, 0, 0, 0);
      assertThat(masking.masked(WORDS, MaskingMetric.RAM, 0.5).values())
          .containsExactly(5, 1, 1, 8, 0, 0, 9, 1, 0, 0, 0, 0);
      assertThat(masking.masked(WORDS, MaskingMetric.KAM, 1).values()).isEqualTo(TOKENS.values());
    }
  }

  /** A mean of embeddings is linear in the words: what stays adds up to what is left. */
  @Test
  void ofALinearNetworkTheKeptContributionsAreTheOutput() {
    try (GraphSession session = GraphSession.open()) {
      var network = new EmbeddedNetwork(12, Networks.textMean(6, 4, 1)).withoutBiases();
      EmbeddedModel model = network.build(session, 1);
      var masking = new WordMasking(model, TOKENS, new int[] {1, 0}, KeptFractions.linear(3));
      FloatArray words =
          WordAttributions.of(Attributor.of(model, new XGradient()).attribute(TOKENS)).values();
      MaskingCurve curve = masking.curve("xg", MaskingMetric.KAM, words);
      FloatArray half = masking.masked(words, MaskingMetric.KAM, 0.5);
      float[] left = Predictor.of(model).logits(half).values();
      double sum = 0;
      for (int step = 0; step < 4; step++) {
        sum += half.values()[step] > 1 ? words.values()[step] : 0;
      }
      // Sums of some tens of floats below 1.
      assertThat(left[0]).isCloseTo((float) sum, within(1e-6f));
      assertThat(curve.value(0, 1)).isEqualTo(left[0] > 0 ? 1 : 0);
    }
  }

  @Test
  void refusesWhatIsNotOneNumberAWord() {
    try (GraphSession session = GraphSession.open()) {
      WordMasking masking = masking(session);
      assertThatThrownBy(() -> masking.curve("xg", MaskingMetric.KAM, FloatArray.zeros(2, 6, 4)))
          .hasMessageContaining("one number a word, found [2, 6, 4]");
    }
  }
}
