package org.xgradient.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;

class ModelMetricTest {

  private static final FloatArray FOUR_LOGITS = column(0.5f, -1, 2, 0);
  private static final FloatArray THREE_CLASSES =
      FloatArray.of(new float[] {1, 2, 3, 5, 5, 0, 0, 1, -1}, 3, 3);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rocAucCountsPairs(long seed) {
    var random = new DataRandom(seed);
    float[] scores = new float[40];
    float[] labels = new float[40];
    for (int i = 0; i < 40; i++) {
      // Few different scores: many ties.
      scores[i] = random.nextInt(8) - 4;
      labels[i] = i < 2 ? i : random.nextInt(2);
    }
    double wins = 0;
    double pairs = 0;
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 40; j++) {
        if (labels[i] == 1 && labels[j] == 0) {
          pairs++;
          wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    double auc = new RocAuc().of(column(scores), vector(labels));
    // Sums of halves are exact in double precision; one division rounds.
    assertThat(auc).isCloseTo(wins / pairs, within(1e-15));
  }

  @Test
  void rocAucIsTheMannWhitneyStatistic() {
    double[] negatives = {0.1, 0.4, 0.35, 0.2};
    double[] positives = {0.8, 0.38, 0.9};
    // mannWhitneyU is the larger of U and n0 n1 - U, here U.
    double u = new MannWhitneyUTest().mannWhitneyU(negatives, positives);
    float[] scores = {0.1f, 0.4f, 0.35f, 0.2f, 0.8f, 0.38f, 0.9f};
    assertThat(new RocAuc().of(vector(scores), vector(0, 0, 0, 0, 1, 1, 1)))
        .isCloseTo(u / 12, within(1e-15));
  }

  @Test
  void rocAucOfTwoLogitsIsThatOfTheirDifference() {
    var two = FloatArray.of(new float[] {5, 6, 0, 3, 2, 1, 4, 4}, 4, 2);
    var labels = vector(0, 1, 0, 1);
    assertThat(new RocAuc().of(two, labels))
        .isEqualTo(new RocAuc().of(column(1, 3, -1, 0), labels));
  }

  @Test
  void rocAucIsNotDefinedForOneClass() {
    assertThatThrownBy(() -> new RocAuc().of(FOUR_LOGITS, vector(1, 1, 1, 1)))
        .isInstanceOf(UndefinedMetricException.class)
        .hasMessage("ROC-AUC needs examples of both classes, found 0 of class 0 and 4 of class 1");
    assertThatThrownBy(() -> new RocAuc().of(THREE_CLASSES, vector(0, 1, 0)))
        .hasMessage("ROC-AUC needs one or two outputs for each row, found 3");
  }

  @Test
  void accuracyOfOneLogitTakesZeroAsNegative() {
    assertThat(new Accuracy().of(FOUR_LOGITS, vector(1, 1, 1, 0))).isEqualTo(0.75);
    assertThat(new Accuracy().of(FOUR_LOGITS, vector(1, 0, 1, 1))).isEqualTo(0.75);
  }

  @Test
  void ofEqualLogitsTheLowerIndexComesFirst() {
    assertThat(new Accuracy().of(THREE_CLASSES, vector(2, 0, 1))).isEqualTo(1);
    assertThat(new Accuracy().of(THREE_CLASSES, vector(2, 1, 1))).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(new TopKAccuracy(2).of(THREE_CLASSES, vector(0, 1, 2)))
        .isCloseTo(1 / 3.0, within(1e-15));
    assertThat(new TopKAccuracy(3).of(THREE_CLASSES, vector(0, 1, 2))).isEqualTo(1);
    assertThatThrownBy(() -> new TopKAccuracy(4).of(THREE_CLASSES, vector(0, 1, 2)))
        .hasMessage("top-4 accuracy needs at least 4 outputs for each row, found 3");
    assertThatThrownBy(() -> new TopKAccuracy(1).of(FOUR_LOGITS, vector(0, 1, 1, 0)))
        .hasMessage("top-k accuracy needs one output for each class, found one; use Accuracy");
  }

  @Test
  void crossEntropyOfKnownProbabilities() {
    // Logits that are log-probabilities: 0.2, 0.3 and 0.5.
    var logits =
        FloatArray.of(
            new float[] {(float) Math.log(2), (float) Math.log(3), (float) Math.log(5)}, 1, 3);
    assertThat(new CrossEntropy().of(logits, vector(1))).isCloseTo(-Math.log(0.3), within(1e-7));
    // sigmoid(log 3) = 3/4
    var one = column((float) Math.log(3), (float) Math.log(3));
    assertThat(new CrossEntropy().of(one, vector(1, 0)))
        .isCloseTo(-(Math.log(0.75) + Math.log(0.25)) / 2, within(1e-7));
  }

  @Test
  void crossEntropyStaysFinite() {
    assertThat(new CrossEntropy().of(column(1000, -1000), vector(0, 1))).isEqualTo(1000);
    assertThat(new CrossEntropy().of(FloatArray.of(new float[] {2000, 0}, 1, 2), vector(1)))
        .isEqualTo(2000);
  }

  @Test
  void regressionByHand() {
    var labels = vector(1, 2, 3, 4);
    var predictions = column(1, 2, 3, 6);
    assertThat(new MeanSquaredError().of(predictions, labels)).isEqualTo(1);
    // total = 1.5^2 + 0.5^2 + 0.5^2 + 1.5^2 = 5
    assertThat(new RSquared().of(predictions, labels)).isCloseTo(1 - 4 / 5.0, within(1e-15));
    assertThat(new RSquared().of(column(2.5f, 2.5f, 2.5f, 2.5f), labels)).isEqualTo(0);
    assertThatThrownBy(() -> new RSquared().of(predictions, vector(0.1f, 0.1f, 0.1f, 0.1f)))
        .isInstanceOf(UndefinedMetricException.class)
        .hasMessage("R² needs labels that differ, found 0.1 in all of 4 rows");
  }

  @Test
  void badInputIsNamed() {
    for (ModelMetric metric :
        List.of(new RocAuc(), new Accuracy(), new CrossEntropy(), new RSquared())) {
      assertThatThrownBy(() -> metric.of(column(1, Float.NaN), vector(0, 1)))
          .hasMessage(
              "the outputs for %s must be finite, found NaN in row 1, output 0", metric.name());
      assertThatThrownBy(() -> metric.of(FOUR_LOGITS, vector(0, 1)))
          .hasMessage(
              "the labels for %s must be of shape [4], one for each row, found [2]", metric.name());
      assertThatThrownBy(() -> metric.of(FloatArray.zeros(0, 1), FloatArray.zeros(0)))
          .hasMessageContaining("with at least one row, found [0, 1]");
    }
    assertThatThrownBy(() -> new CrossEntropy().of(THREE_CLASSES, vector(0, 3, 1)))
        .hasMessage(
            "the labels for cross-entropy must be whole numbers in [0, 3), found 3.0 in row 1");
    assertThatThrownBy(() -> new Accuracy().of(FOUR_LOGITS, vector(0, 0.5f, 1, 1)))
        .hasMessage("the labels for accuracy must be whole numbers in [0, 2), found 0.5 in row 1");
    assertThatThrownBy(() -> new MeanSquaredError().of(THREE_CLASSES, vector(0, 1, 2)))
        .hasMessage("mean squared error needs one output for each row, found 3");
  }

  @Test
  void directionsSayWhatIsBetter() {
    assertThat(new RocAuc().direction().isBetter(0.8, 0.7)).isTrue();
    assertThat(new CrossEntropy().direction().isBetter(0.8, 0.7)).isFalse();
    assertThat(new CrossEntropy().direction().improvement(0.5, 0.75)).isEqualTo(0.25);
    assertThat(new Accuracy().direction().isBetter(Double.NaN, 0)).isFalse();
  }

  private static FloatArray column(float... values) {
    return FloatArray.of(values, values.length, 1);
  }

  private static FloatArray vector(float... values) {
    return FloatArray.of(values, values.length);
  }
}
