package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Dropout;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.Sequential;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.LearningRateSchedule;

/**
 * The same seed gives the same bits, with all that draws: shuffling, dropout, and the references
 * and path points of Expected Gradients; in sessions with as many threads as the machine gives.
 */
class DeterminismTest {

  private static final int FEATURES = 6;
  private static final int EPOCHS = 6;
  private static final InMemoryDataset DATA = Examples.binary(50, FEATURES, 1);
  private static final FloatArray REFERENCES = Examples.binary(30, FEATURES, 3).inputs();

  /** Four steps to an epoch, the last one shorter. */
  private static final TrainingOptions OPTIONS =
      TrainingOptions.withDefaults()
          .withBatchSize(16)
          .withSeed(11)
          .withSchedule(LearningRateSchedule.constant(0.02));

  @TempDir private Path folder;

  /**
   * What came of a training.
   *
   * @param batches the rows of each step
   * @param steps the losses of each step, which dropout and references have a part in
   * @param end the state at the end: weights, what Adam keeps, and where it goes on
   */
  private record Run(
      ImmutableList<ImmutableIntArray> batches, ImmutableList<StepRecord> steps, Checkpoint end) {}

  private Run run(String name, int epochs, Optional<Checkpoint> start, long stopAfter) {
    List<StepRecord> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepFinished(StepRecord step) {
            steps.add(step);
            if (step.step() == stopAfter) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Path file = folder.resolve(name);
    TrainingOptions options =
        OPTIONS.withEpochs(epochs).withCheckpoints(file, epochs).withListener(listener);
    List<ImmutableIntArray> batches = new ArrayList<>();
    var data = new WatchedDataset(DATA, false, batches::add);
    try (GraphSession session = GraphSession.open()) {
      Trainer trainer = trainer(session);
      if (stopAfter >= 0) {
        assertThatThrownBy(() -> trainer.fit(data, options))
            .isInstanceOf(CancellationException.class);
      } else if (start.isPresent()) {
        trainer.resume(data, options, start.get());
      } else {
        trainer.fit(data, options);
      }
    }
    return new Run(
        ImmutableList.copyOf(batches), ImmutableList.copyOf(steps), Checkpoint.read(file));
  }

  private static Trainer trainer(GraphSession session) {
    Sequential layers =
        Sequential.of(Dense.of(12), Activation.RELU, new Dropout(0.3f), Dense.of(1));
    NetworkModel model = new Network("n", ImmutableIntArray.of(FEATURES), layers).build(session, 4);
    var method = new ExpectedGradients(ReferenceDistribution.shuffled(REFERENCES), 3);
    var prior = AttributionPrior.of(method, Priors.gini(), 0.5);
    return Trainer.of(model, Objective.of(Loss.binaryCrossEntropy(), prior), Adam.withDefaults());
  }

  private Run whole(String name) {
    return run(name, EPOCHS, Optional.empty(), -1);
  }

  private Run onwards(String name, Run run) {
    return run(name, EPOCHS + 2, Optional.of(run.end()), -1);
  }

  private static void assertSameState(Checkpoint found, Checkpoint expected) {
    assertThat(found.weights()).isEqualTo(expected.weights());
    // The first and second moments of two weights and two biases.
    assertThat(found.slots()).hasSize(8).isEqualTo(expected.slots());
    assertThat(found.step()).isEqualTo(expected.step());
  }

  @Test
  void aTrainingGivesTheSameBitsAgainAndThenDrawsTheSame() {
    Run one = whole("one");
    Run other = whole("other");
    assertThat(one.batches()).hasSize(4 * EPOCHS).isEqualTo(other.batches());
    assertThat(one.batches().subList(0, 4)).isNotEqualTo(one.batches().subList(4, 8));
    assertThat(one.steps()).isEqualTo(other.steps());
    assertSameState(one.end(), other.end());

    Run next = onwards("next", one);
    Run otherNext = onwards("otherNext", other);
    assertThat(next.batches()).hasSize(8).isEqualTo(otherNext.batches());
    assertThat(next.steps()).isEqualTo(otherNext.steps());
    assertSameState(next.end(), otherNext.end());
  }

  /** Stopped in the middle of an epoch. */
  @Test
  void aTrainingThatWasStoppedDrawsWhatItWouldHaveDrawn() {
    Run one = whole("one");
    Run stopped = run("stopped", EPOCHS, Optional.empty(), 9);
    assertThat(stopped.end().step()).isEqualTo(10);
    Run resumed = run("resumed", EPOCHS, Optional.of(stopped.end()), -1);
    assertThat(stopped.batches().subList(0, 10)).isEqualTo(one.batches().subList(0, 10));
    assertThat(resumed.batches()).isEqualTo(one.batches().subList(10, 4 * EPOCHS));
    assertThat(resumed.steps()).isEqualTo(one.steps().subList(10, 4 * EPOCHS));
    assertSameState(resumed.end(), one.end());

    Run next = onwards("next", one);
    Run resumedNext = onwards("resumedNext", resumed);
    assertThat(resumedNext.batches()).isEqualTo(next.batches());
    assertThat(resumedNext.steps()).isEqualTo(next.steps());
    assertSameState(resumedNext.end(), next.end());
  }

  /** So that the above can fail. */
  @Test
  void anotherSeedDrawsOtherwise() {
    Run one = whole("one");
    TrainingOptions other = OPTIONS.withEpochs(1).withSeed(12);
    List<ImmutableIntArray> batches = new ArrayList<>();
    var data = new WatchedDataset(DATA, false, batches::add);
    try (GraphSession session = GraphSession.open()) {
      trainer(session).fit(data, other);
    }
    assertThat(batches).isNotEqualTo(one.batches().subList(0, 4));
  }
}
