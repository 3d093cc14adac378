package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Task;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.metrics.RocAuc;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.LearningRateSchedule;

/** Data at the edges: not numbers, features without information, classes out of balance. */
class NumbersTest {

  private static final int FEATURES = 6;

  private static final TrainingOptions OPTIONS =
      TrainingOptions.withDefaults()
          .withEpochs(20)
          .withBatchSize(16)
          .withSchedule(LearningRateSchedule.constant(0.01));

  @TempDir private Path folder;

  private record Fixture(GraphSession session, NetworkModel model, Trainer trainer) {}

  private static <T> T with(Function<Fixture, T> work) {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(FEATURES, 1, 16, 8).withoutBiases().build(session, 5);
      var prior = AttributionPrior.of(new XGradient(), Priors.gini(), 0.1);
      Objective objective = Objective.of(Loss.binaryCrossEntropy(), prior);
      Trainer trainer = Trainer.of(model, objective, Adam.withDefaults());
      return work.apply(new Fixture(session, model, trainer));
    }
  }

  private static InMemoryDataset with(InMemoryDataset data, int feature, float value, int... rows) {
    float[] values = data.inputs().values().clone();
    for (int row : rows) {
      values[row * FEATURES + feature] = value;
    }
    return InMemoryDataset.of(
        FloatArray.of(values, data.size(), FEATURES), data.labels(), data.task(), 1);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void anInputThatIsNotFiniteIsRefusedWithItsPlace(float value) {
    InMemoryDataset data = with(Examples.binary(40, FEATURES, 1), 4, value, 23);
    with(
        fixture ->
            assertThatThrownBy(() -> fixture.trainer().fit(data, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                    "inputs must be finite, found %s in row 23, feature 4".formatted(value)));
  }

  @Test
  void aLabelThatIsNotFiniteIsRefusedWithItsRow() {
    InMemoryDataset data = Examples.binary(40, FEATURES, 1);
    float[] labels = data.labels().values().clone();
    labels[31] = Float.NaN;
    with(
        fixture ->
            assertThatThrownBy(
                    () ->
                        fixture
                            .trainer()
                            .fit(
                                InMemoryDataset.of(
                                    data.inputs(),
                                    FloatArray.of(labels, 40),
                                    data.task(),
                                    data.outputs()),
                                OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels must be whole numbers in [0, 2), found NaN in row 31"));
  }

  /** The losses before the only update are finite; the weights after it are not. */
  @Test
  void weightsThatAreNotFiniteNeverReachAResultOrACheckpoint() {
    Path file = folder.resolve("state.safetensors");
    TrainingOptions options =
        OPTIONS.withBatchSize(40).withEpochs(1).withSchedule(position -> Double.POSITIVE_INFINITY);
    InMemoryDataset data = Examples.binary(40, FEATURES, 1);
    for (TrainingOptions each : new TrainingOptions[] {options, options.withCheckpoints(file, 1)}) {
      with(
          fixture ->
              assertThatThrownBy(() -> fixture.trainer().fit(data, each))
                  .isInstanceOf(DivergedException.class)
                  .hasMessageMatching(
                      "after step 0, in epoch [01], the values of 'fc1.weight' must be finite, found"
                          + " .* at \\[\\d+, \\d+]; lower the learning rate .*"));
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void validationOutputsThatAreNotFiniteStopTheTraining() {
    InMemoryDataset data = Examples.binary(40, FEATURES, 1);
    InMemoryDataset validation = with(data, 0, 1e38f, 7);
    with(
        fixture -> {
          fixture
              .model()
              .parameters()
              .forEach(
                  parameter -> {
                    float[] large = new float[parameter.size()];
                    Arrays.fill(large, 100);
                    parameter.assign(
                        fixture.session(), FloatArray.of(large, parameter.shape().toArray()));
                  });
          return assertThatThrownBy(() -> fixture.trainer().fit(data, validation, OPTIONS))
              .isInstanceOf(DivergedException.class)
              .hasMessageContainingAll(
                  "in epoch 0, of the validation data outputs must be finite", "in row 7");
        });
  }

  /** Such as a one-hot feature of a level that no training row has. */
  @Test
  void aFeatureThatIsAlwaysZeroIsLeftAloneAndGetsNoAttribution() {
    int[] all = IntStream.range(0, 64).toArray();
    InMemoryDataset data = with(Examples.binary(64, FEATURES, 1), 5, 0, all);
    with(
        fixture -> {
          FloatArray before = fixture.model().parameters().get(0).read(fixture.session());
          FloatArray after =
              Objects.requireNonNull(
                  fixture.trainer().fit(data, OPTIONS).weights().get("fc1.weight"));
          int units = before.rowSize();
          assertThat(after.rows(5, 6)).isEqualTo(before.rows(5, 6));
          assertThat(after.rows(0, 1)).isNotEqualTo(before.rows(0, 1));
          assertThat(units).isEqualTo(16);
          FloatArray attributions =
              Attributor.of(fixture.model(), new XGradient()).attribute(data.inputs()).values();
          for (int row = 0; row < 64; row++) {
            assertThat(attributions.values()[row * FEATURES + 5]).isZero();
          }
          return 0;
        });
  }

  @Test
  void aConstantFeatureTrains() {
    int[] all = IntStream.range(0, 64).toArray();
    InMemoryDataset data = with(Examples.binary(64, FEATURES, 1), 5, 3, all);
    TrainingResult result = with(fixture -> fixture.trainer().fit(data, OPTIONS));
    assertThat(result.history().get(19).loss()).isLessThan(result.history().get(0).loss());
  }

  /** The rare class is in one batch of 157; the others have a single class. */
  @Test
  void oneRowInTenThousandOfTheOtherClassTrains() {
    int rows = 10_001;
    float[] values = Examples.binary(rows, FEATURES, 2).inputs().values();
    float[] labels = new float[rows];
    labels[5_000] = 1;
    values[5_000 * FEATURES + 1] = 8;
    InMemoryDataset data =
        InMemoryDataset.of(
            FloatArray.of(values, rows, FEATURES), FloatArray.of(labels, rows), Task.BINARY, 1);
    TrainingResult result =
        with(
            fixture ->
                fixture
                    .trainer()
                    .fit(
                        data,
                        data,
                        OPTIONS
                            .withEpochs(3)
                            .withBatchSize(64)
                            .withValidation(Validation.byObjective().withMetric(new RocAuc()))));
    assertThat(result.bestMetric().getAsDouble()).isGreaterThan(0.5);
    assertThat(result.history().get(2).loss()).isLessThan(0.25 * result.history().get(0).loss());
    assertThat(result.history()).allMatch(epoch -> Double.isFinite(epoch.penalties().get(0)));
  }

  @Test
  void batchesOfOneRowTrain() {
    InMemoryDataset data = Examples.binary(24, FEATURES, 1);
    TrainingResult result = with(fixture -> fixture.trainer().fit(data, OPTIONS.withBatchSize(1)));
    assertThat(result.history().get(19).loss()).isLessThan(0.5 * result.history().get(0).loss());
  }
}
