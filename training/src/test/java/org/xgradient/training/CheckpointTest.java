package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.format.FormatException;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.data.format.Safetensors;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Dropout;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.LearningRateSchedule;

/** With everything that draws: dropout, shuffling, references. */
class CheckpointTest {

  private static final InMemoryDataset TRAIN = Examples.binary(50, 6, 1);
  private static final InMemoryDataset VALIDATION = Examples.binary(40, 6, 2);

  /** Four steps to an epoch. */
  private static final TrainingOptions OPTIONS =
      TrainingOptions.withDefaults()
          .withEpochs(8)
          .withBatchSize(16)
          .withSeed(11)
          .withSchedule(LearningRateSchedule.cosine(0.02, 0).withWarmUp(5));

  @TempDir private Path directory;

  private static <T> T withTrainer(Function<Trainer, T> work) {
    // One thread, so that sums are in one order and bits can be compared.
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Sequential layers =
          Sequential.of(Dense.of(12), Activation.RELU, new Dropout(0.3f), Dense.of(1));
      var model = new Network("n", ImmutableIntArray.of(6), layers).build(session, 4);
      var method = new ExpectedGradients(ReferenceDistribution.batch(), 3);
      var prior = AttributionPrior.of(method, Priors.gini(), 0.5);
      var objective = Objective.of(Loss.binaryCrossEntropy(), prior);
      return work.apply(Trainer.of(model, objective, Adam.withDefaults()));
    }
  }

  private Path file() {
    return directory.resolve("state.safetensors");
  }

  private static TrainingListener interruptingAfter(long step) {
    return new TrainingListener() {
      @Override
      public void stepFinished(StepRecord record) {
        if (record.step() == step) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  /** The state at the end: weights, what Adam keeps, the best weights, and the history. */
  private Checkpoint atTheEnd(String name) {
    return Checkpoint.read(directory.resolve(name));
  }

  private TrainingOptions endingIn(String name) {
    return OPTIONS.withCheckpoints(directory.resolve(name), 8);
  }

  private static List<EpochRecord> withoutTimes(List<EpochRecord> history) {
    return history.stream()
        .map(
            epoch ->
                new EpochRecord(
                    epoch.epoch(),
                    epoch.steps(),
                    epoch.loss(),
                    epoch.penalties(),
                    epoch.metric(),
                    epoch.rate(),
                    0))
        .toList();
  }

  /** In the middle of an epoch, where steps, sums and the best epoch must all go on. */
  @Test
  void aResumedTrainingEqualsAnUninterruptedOneBitForBit() {
    TrainingResult uninterrupted =
        withTrainer(trainer -> trainer.fit(TRAIN, VALIDATION, endingIn("whole")));
    TrainingOptions interrupted =
        OPTIONS.withCheckpoints(file(), 3).withListener(interruptingAfter(13));
    withTrainer(
        trainer ->
            assertThatThrownBy(() -> trainer.fit(TRAIN, VALIDATION, interrupted))
                .isInstanceOf(CancellationException.class)
                .hasMessage(
                    "training was interrupted before step 14, in epoch 3; resume from " + file()));
    Checkpoint checkpoint = Checkpoint.read(file());
    assertThat(checkpoint.step()).isEqualTo(14);
    assertThat(checkpoint.epoch()).isEqualTo(3);
    assertThat(checkpoint.slots()).hasSize(8);

    TrainingResult resumed =
        withTrainer(trainer -> trainer.resume(TRAIN, VALIDATION, endingIn("resumed"), checkpoint));
    assertThat(resumed.weights()).isEqualTo(uninterrupted.weights());
    assertThat(resumed.bestEpoch()).isEqualTo(uninterrupted.bestEpoch());
    assertThat(resumed.bestMetric()).isEqualTo(uninterrupted.bestMetric());
    assertThat(withoutTimes(resumed.history())).isEqualTo(withoutTimes(uninterrupted.history()));
    assertThat(atTheEnd("resumed").weights()).isEqualTo(atTheEnd("whole").weights());
    assertThat(atTheEnd("resumed").slots()).isEqualTo(atTheEnd("whole").slots());
    assertThat(atTheEnd("resumed").weights()).isNotEqualTo(checkpoint.weights());
  }

  /** From the regular checkpoint after epoch 6 of 8, validated before the updates. */
  @Test
  void resumesFromTheEndOfAnEpoch() {
    Validation before =
        Validation.byMetric(TRAIN.task()).withTime(Validation.Time.BEFORE_UPDATES).withPatience(50);
    TrainingOptions options = OPTIONS.withValidation(before);
    Path six = directory.resolve("six.safetensors");
    var copy =
        new TrainingListener() {
          @Override
          public void epochFinished(EpochRecord epoch) {
            if (epoch.epoch() == 5) {
              Checkpoint.read(file()).write(six);
            }
          }
        };
    TrainingResult whole =
        withTrainer(
            trainer ->
                trainer.fit(
                    TRAIN, VALIDATION, options.withCheckpoints(file(), 3).withListener(copy)));
    assertThat(Checkpoint.read(file()).epoch()).as("the last state is kept too").isEqualTo(8);
    Checkpoint checkpoint = Checkpoint.read(six);
    assertThat(checkpoint.epoch()).isEqualTo(6);
    assertThat(checkpoint.step()).isEqualTo(24);
    TrainingResult resumed =
        withTrainer(trainer -> trainer.resume(TRAIN, VALIDATION, options, checkpoint));
    assertThat(resumed.weights()).isEqualTo(whole.weights());
    assertThat(withoutTimes(resumed.history())).isEqualTo(withoutTimes(whole.history()));
  }

  @Test
  void resumesWithoutValidation() {
    TrainingResult whole =
        withTrainer(trainer -> trainer.fit(TRAIN, OPTIONS.withCheckpoints(file(), 5)));
    TrainingResult resumed =
        withTrainer(trainer -> trainer.resume(TRAIN, OPTIONS, Checkpoint.read(file())));
    assertThat(Checkpoint.read(file()).best()).isEmpty();
    assertThat(resumed.weights()).isEqualTo(whole.weights());
  }

  @Test
  void keepsTheLastGoodCheckpointWhereTheTrainingDiverges() {
    LearningRateSchedule exploding = position -> position.epoch() < 4 ? 0.01 : 1e30;
    TrainingOptions options = OPTIONS.withCheckpoints(file(), 1).withSchedule(exploding);
    withTrainer(
        trainer ->
            assertThatThrownBy(() -> trainer.fit(TRAIN, options))
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith("the losses of step 17, in epoch 4, must be finite"));
    Checkpoint checkpoint = Checkpoint.read(file());
    assertThat(checkpoint.epoch()).isEqualTo(4);
    for (FloatArray values : checkpoint.weights().values()) {
      for (float value : values.values()) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void refusesAnotherPlan() {
    withTrainer(trainer -> trainer.fit(TRAIN, OPTIONS.withCheckpoints(file(), 4)));
    Checkpoint checkpoint = Checkpoint.read(file());
    withTrainer(
        trainer ->
            assertThatThrownBy(() -> trainer.resume(TRAIN, OPTIONS.withSeed(12), checkpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                    "the training must have the plan of the checkpoint, Plan[seed=11, rows=50,"
                        + " batchSize=16, priors=1], found Plan[seed=12, rows=50, batchSize=16,"
                        + " priors=1]; resume with the same seed, data, batch size and"
                        + " objective"));
  }

  @Test
  void refusesWhatIsNoCheckpoint() throws IOException {
    Safetensors.write(file(), NamedArrays.of(ImmutableMap.of("a", FloatArray.zeros(1))));
    assertThatThrownBy(() -> Checkpoint.read(file()))
        .isInstanceOf(FormatException.class)
        .hasMessage(file() + ": metadata must be those of a checkpoint, found []");

    withTrainer(trainer -> trainer.fit(TRAIN, OPTIONS.withCheckpoints(file(), 4)));
    NamedArrays whole = Safetensors.read(file());
    String state = whole.metadata().values().asList().get(0);
    String key = whole.metadata().keySet().asList().get(0);
    rewrite(whole, key, state.replace("\"version\":1", "\"version\":2"));
    assertThatThrownBy(() -> Checkpoint.read(file()))
        .isInstanceOf(FormatException.class)
        .hasMessage(file() + ": version of the checkpoint must be 1, found 2");
    rewrite(whole, key, state.substring(0, state.length() / 2));
    assertThatThrownBy(() -> Checkpoint.read(file()))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file() + ": state of the training must be whole, found ");
    Files.write(file(), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Checkpoint.read(file())).isInstanceOf(FormatException.class);
  }

  private void rewrite(NamedArrays arrays, String key, String state) {
    Safetensors.write(file(), arrays.withMetadata(ImmutableMap.of(key, state)));
  }
}
