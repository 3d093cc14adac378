package org.xgradient.training.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.xgradient.data.Batch;
import org.xgradient.data.DataRandom;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Task;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.Sequential;
import org.xgradient.training.objective.MaskedWords;

class SwapEffectTest {

  private static final int ROWS = 200;

  /** Three features, the first of two values; the output is a weighted sum. */
  private static InMemoryDataset data(Task task) {
    DataRandom random = new DataRandom(3);
    float[] rows = new float[3 * ROWS];
    float[] labels = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      rows[3 * i] = random.nextInt(4) == 0 ? 1 : -1;
      rows[3 * i + 1] = (float) random.nextGaussian();
      rows[3 * i + 2] = (float) random.nextGaussian();
      labels[i] = task == Task.BINARY ? (rows[3 * i + 1] > 0 ? 1 : 0) : rows[3 * i + 1];
    }
    return InMemoryDataset.of(FloatArray.of(rows, ROWS, 3), FloatArray.of(labels, ROWS), task, 1);
  }

  private static NetworkModel linear(GraphSession session, float... weights) {
    NetworkModel model =
        new Network("linear", ImmutableIntArray.of(3), Sequential.of(Dense.of(1)))
            .withoutBiases()
            .build(session, 1);
    model.parameters().get(0).assign(session, FloatArray.of(weights, 3, 1));
    return model;
  }

  private static FloatArray mask(float... values) {
    return FloatArray.of(values, 3);
  }

  /** Of two values the other one is the only swap: each row is flipped. */
  @Test
  void aColumnOfTwoValuesIsFlipped() {
    InMemoryDataset data = data(Task.BINARY);
    float[] rows = data.inputs().values();
    int changed = 0;
    double mean = 0;
    for (int i = 0; i < ROWS; i++) {
      double before = 0.7 * rows[3 * i] + rows[3 * i + 1];
      double after = -0.7 * rows[3 * i] + rows[3 * i + 1];
      changed += before > 0 == after > 0 ? 0 : 1;
      mean += Math.abs(sigmoid(before) - sigmoid(after)) / ROWS;
    }
    try (GraphSession session = GraphSession.open()) {
      SwapEffect effect = SwapEffect.of(linear(session, 0.7f, 1, 0), data, mask(1, 0, 0));
      assertThat(effect.changed()).isCloseTo((double) changed / ROWS, within(1e-12));
      // The logits are floats.
      assertThat(effect.meanChange()).isCloseTo(mean, within(1e-6));
      assertThat(effect.metricAfter()).isNotEqualTo(effect.metric());
      assertThatThrownBy(() -> effect.assertAtMost(0.02))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("at most 2.00 % are allowed");
    }
  }

  @Test
  void whatIsNotReadChangesNothing() {
    try (GraphSession session = GraphSession.open()) {
      SwapEffect effect = SwapEffect.of(linear(session, 0, 1, 0), data(Task.BINARY), mask(1, 0, 1));
      assertThat(effect.changed()).isZero();
      assertThat(effect.meanChange()).isZero();
      assertThat(effect.metricAfter()).isEqualTo(effect.metric());
      effect.assertAtMost(0);
    }
  }

  /** Flipping -1 and 1 with weight 0.5 moves the output by 1, over the labels' deviation. */
  @Test
  void ofARegressionItIsTheChangeOverTheDeviationOfTheLabels() {
    InMemoryDataset data = data(Task.REGRESSION);
    double squares = 0;
    double sum = 0;
    for (float label : data.labels().values()) {
      sum += label;
      squares += label * label;
    }
    double deviation = Math.sqrt(squares / ROWS - Math.pow(sum / ROWS, 2));
    try (GraphSession session = GraphSession.open()) {
      SwapEffect effect = SwapEffect.of(linear(session, 0.5f, 1, 0), data, mask(1, 0, 0));
      assertThat(effect.meanChange()).isCloseTo(1, within(1e-6));
      assertThat(effect.changed()).isCloseTo(1 / deviation, within(1e-5));
    }
  }

  /** All are called negative, whatever is swapped; which are called most likely changes. */
  @Test
  void ofARareClassTheMetricTellsWhatDecisionsDoNot() {
    DataRandom random = new DataRandom(4);
    float[] rows = new float[3 * ROWS];
    float[] labels = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      rows[3 * i] = random.nextInt(2);
      rows[3 * i + 1] = (float) random.nextGaussian();
      rows[3 * i + 2] = 1;
      labels[i] = rows[3 * i] == 1 && random.nextInt(5) == 0 ? 1 : 0;
    }
    InMemoryDataset data =
        InMemoryDataset.of(
            FloatArray.of(rows, ROWS, 3), FloatArray.of(labels, ROWS), Task.BINARY, 1);
    try (GraphSession session = GraphSession.open()) {
      SwapEffect effect = SwapEffect.of(linear(session, 2, 0.1f, -9), data, mask(1, 0, 0));
      effect.assertAtMost(0);
      assertThat(effect.metric() - effect.metricAfter()).isGreaterThan(0.4);
      assertThat(effect.metricError()).isBetween(0.005, 0.1);
      assertThatThrownBy(() -> effect.assertAtMost(0.02, 0.01))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("a swap takes the metric on 200 rows from");
      SwapEffect none = SwapEffect.of(linear(session, 0, 1, -9), data, mask(1, 0, 0));
      none.assertAtMost(0, 0);
      assertThat(none.metricError()).isZero();
    }
  }

  @Test
  void aRiseAndAFallWithinItsErrorAreNoFailures() {
    new SwapEffect(Task.BINARY, 60, 0.015, 0.01, 0.66, 0.69, 0.001).assertAtMost(0.02, 0.01);
    new SwapEffect(Task.BINARY, 60, 0, 0, 0.8, 0.77, 0.04).assertAtMost(0.02, 0.01);
    SwapEffect sure = new SwapEffect(Task.BINARY, 60, 0, 0, 0.8, 0.77, 0.02);
    assertThatThrownBy(() -> sure.assertAtMost(0.02, 0.01)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> sure.assertAtMost(0.02, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whereNothingCanBeSwappedNothingIsShown() {
    try (GraphSession session = GraphSession.open()) {
      SwapEffect effect = SwapEffect.of(linear(session, 0, 1, 0), alike(), mask(0, 0, 1));
      assertThat(effect.rows()).isZero();
      assertThatThrownBy(() -> effect.assertAtMost(0.02))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("nothing to swap");
    }
  }

  private static InMemoryDataset alike() {
    InMemoryDataset data = data(Task.BINARY);
    for (int i = 0; i < ROWS; i++) {
      data.inputs().values()[3 * i + 2] = 1;
    }
    return data;
  }

  @Test
  void aMaskMustFitAndHaveAFeature() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = linear(session, 1, 1, 1);
      assertThatThrownBy(() -> SwapEffect.of(model, data(Task.BINARY), mask(0, 0, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must have a feature");
      assertThatThrownBy(() -> SwapEffect.of(model, data(Task.BINARY), mask(0.5f, 0, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be 0 or 1");
      assertThatThrownBy(() -> SwapEffect.of(model, data(Task.BINARY), FloatArray.zeros(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("shape of one row");
    }
  }

  /** y = 2 a + e with e of a quarter of its variance; the third has nothing to do with it. */
  @Test
  void proxiesAreFound() {
    DataRandom random = new DataRandom(5);
    int rows = 2000;
    float[] values = new float[3 * rows];
    for (int i = 0; i < rows; i++) {
      double a = random.nextGaussian();
      values[3 * i] = (float) a;
      values[3 * i + 1] = (float) (2 * a + 2 / Math.sqrt(3) * random.nextGaussian());
      values[3 * i + 2] = (float) random.nextGaussian();
    }
    FloatArray table = FloatArray.of(values, rows, 3);
    ImmutableIntArray target = ImmutableIntArray.of(1);
    // The error of such a share over 2,000 rows is about 0.01.
    assertThat(Proxies.explained(table, target, ImmutableIntArray.of(0)))
        .isCloseTo(0.75, within(0.04));
    assertThat(Proxies.explained(table, target, ImmutableIntArray.of(2))).isLessThan(0.01);
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** The output is the first word's number less 4: of the words 3, 5 and 7 a blank changes two. */
  @Test
  void wordsBecomeOthersOfTheirListOrBlanks() {
    float[] rows = new float[3 * ROWS];
    float[] labels = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      rows[3 * i] = 3 + 2 * (i % 3);
      rows[3 * i + 1] = 2;
      labels[i] = i % 2;
    }
    InMemoryDataset data =
        InMemoryDataset.of(
            FloatArray.of(rows, ROWS, 3), FloatArray.of(labels, ROWS), Task.BINARY, 1);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = linear(session, 1, -2, 0);
      SwapEffect five = SwapEffect.of(model, data, new MaskedWords(ImmutableIntArray.of(5)));
      assertThat(five.rows()).as("texts with the word 5").isEqualTo(67);
      // A mean of five shares.
      assertThat(five.changed()).isCloseTo(1, within(1e-12));
      SwapEffect three = SwapEffect.of(model, data, new MaskedWords(ImmutableIntArray.of(3)));
      assertThat(three.rows()).as("texts with the word 3").isEqualTo(67);
      assertThat(three.changed()).isZero();
      SwapEffect none = SwapEffect.of(model, data, new MaskedWords(ImmutableIntArray.of(9)));
      assertThat(none.rows()).isZero();
      assertThat(none.changed()).isZero();
      // 5 becomes 7 or a blank, 7 becomes 5 or a blank: half of their decisions change.
      SwapEffect list = SwapEffect.of(model, data, new MaskedWords(ImmutableIntArray.of(5, 7)));
      assertThat(list.rows()).isEqualTo(133);
      // Of 5 x 133 draws; four standard deviations of their share.
      assertThat(list.changed()).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / (5 * 133))));
    }
  }

  /** Photographs by the thousand are not held in memory to find a share of a hundredth. */
  @Test
  void ofManyValuesSomeRowsAreTakenEvenly() {
    int width = 1 << 20;
    int size = 100;
    Set<Integer> read = new TreeSet<>();
    Dataset wide =
        new Dataset() {
          @Override
          public int size() {
            return size;
          }

          @Override
          public ImmutableIntArray inputShape() {
            return ImmutableIntArray.of(width);
          }

          @Override
          public Task task() {
            return Task.BINARY;
          }

          @Override
          public int outputs() {
            return 1;
          }

          @Override
          public Batch batch(int... rows) {
            FloatArray inputs = FloatArray.zeros(rows.length, width);
            FloatArray labels = FloatArray.zeros(rows.length);
            for (int i = 0; i < rows.length; i++) {
              read.add(rows[i]);
              inputs.values()[i * width] = rows[i] % 2 == 0 ? 1 : -1;
              labels.values()[i] = rows[i] % 2;
            }
            return new Batch(inputs, labels);
          }
        };
    FloatArray first = FloatArray.zeros(width);
    first.values()[0] = 1;
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model =
          new Network("wide", ImmutableIntArray.of(width), Sequential.of(Dense.of(1)))
              .withoutBiases()
              .build(session, 1);
      SwapEffect effect = SwapEffect.of(model, wide, first);
      assertThat(effect.rows()).isEqualTo(16);
      assertThat(effect.changed()).isEqualTo(1);
    }
    assertThat(read).hasSize(16).contains(0, 6, 12, 93);
  }
}
