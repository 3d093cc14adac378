package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Seeds;
import org.xgradient.data.Task;
import org.xgradient.data.image.Augmentation;
import org.xgradient.data.image.Mixup;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.LearningRateSchedule;
import org.xgradient.training.optimizer.Sgd;

/** Training on examples that are augmented, mixed, or read ahead. */
class ChangedExamplesTest {

  private static final int FEATURES = 3;
  private static final int CLASSES = 3;
  private static final double RATE = 0.5;
  private static final long SEED = 11;
  private static final InMemoryDataset DATA = Examples.classes(8, FEATURES, CLASSES, 1);

  private static final TrainingOptions ONE_STEP =
      TrainingOptions.withDefaults()
          .withEpochs(1)
          .withSeed(SEED)
          .withSchedule(LearningRateSchedule.constant(RATE));

  private static final TrainingOptions MANY_STEPS =
      ONE_STEP.withEpochs(3).withBatchSize(3).withSchedule(LearningRateSchedule.constant(0.1));

  private static FloatArray train(Dataset data, Objective objective, TrainingOptions options) {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(FEATURES, CLASSES).withoutBiases().build(session, 5);
      Trainer.of(model, objective, Sgd.withDefaults()).fit(data, options);
      return model.parameters().get(0).read(session);
    }
  }

  private static FloatArray initialWeights() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(FEATURES, CLASSES).withoutBiases().build(session, 5);
      return model.parameters().get(0).read(session);
    }
  }

  /** In one run, and example by example under a budget of one byte. */
  @ParameterizedTest
  @ValueSource(longs = {1L << 30, 1})
  void mixesExamplesAndTheirLosses(long budget) {
    Mixup mixup = new Mixup(0.7);
    Objective objective = Objective.of(Loss.of(Task.MULTICLASS)).withMixup(mixup);
    FloatArray trained = train(DATA, objective, ONE_STEP.withMemoryBudget(budget));

    long seed = Seeds.derive(Seeds.derive(SEED, "step", 0), "mixup");
    Mixup.Mixed mixed = mixup.apply(DATA.all(), seed);
    assertThat(mixed.weight()).isBetween(0.01, 0.99);
    float[] expected = plainStep(initialWeights().values(), mixed);
    // Some units in the last place of numbers near 1.
    assertThat(trained.values()).containsExactly(expected, within(1e-6f));
  }

  /** W - rate / B sum of x (p - w y - (1 - w) y') in double precision. */
  private static float[] plainStep(float[] weights, Mixup.Mixed mixed) {
    int rows = mixed.inputs().rows();
    double[] gradient = new double[weights.length];
    for (int row = 0; row < rows; row++) {
      double[] errors = probabilities(weights, mixed.inputs().values(), row);
      errors[(int) mixed.labels().values()[row]] -= mixed.weight();
      errors[(int) mixed.otherLabels().values()[row]] -= 1 - mixed.weight();
      for (int i = 0; i < gradient.length; i++) {
        float input = mixed.inputs().values()[row * FEATURES + i / CLASSES];
        gradient[i] += input * errors[i % CLASSES] / rows;
      }
    }
    float[] updated = new float[weights.length];
    for (int i = 0; i < updated.length; i++) {
      updated[i] = (float) (weights[i] - RATE * gradient[i]);
    }
    return updated;
  }

  private static double[] probabilities(float[] weights, float[] inputs, int row) {
    double[] probabilities = new double[CLASSES];
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      double logit = 0;
      for (int f = 0; f < FEATURES; f++) {
        logit += inputs[row * FEATURES + f] * weights[f * CLASSES + c];
      }
      probabilities[c] = Math.exp(logit);
      sum += probabilities[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      probabilities[c] /= sum;
    }
    return probabilities;
  }

  @Test
  void augmentsInEachStepFromASeedOfItsOwn() {
    Objective objective = Objective.of(Loss.of(Task.MULTICLASS));
    List<Long> seeds = new ArrayList<>();
    Augmentation twice =
        (images, seed) -> {
          seeds.add(seed);
          float[] doubled = new float[images.size()];
          for (int i = 0; i < doubled.length; i++) {
            doubled[i] = 2 * images.values()[i];
          }
          return FloatArray.of(doubled, images.shape().toArray());
        };
    FloatArray augmented = train(DATA, objective, MANY_STEPS.withAugmentation(twice));
    FloatArray doubled = twice.apply(DATA.inputs(), 0);
    InMemoryDataset larger = InMemoryDataset.of(doubled, DATA.labels(), Task.MULTICLASS, CLASSES);
    assertThat(augmented).isEqualTo(train(larger, objective, MANY_STEPS));
    // Three epochs of three steps, and the call above.
    assertThat(seeds).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void readsFilesAheadWithTheSameResult() {
    Objective objective = Objective.of(Loss.of(Task.MULTICLASS)).withMixup(new Mixup(0.2));
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    Dataset files = new WatchedDataset(DATA, true, rows -> readers.add(Thread.currentThread()));
    assertThat(train(files, objective, MANY_STEPS)).isEqualTo(train(DATA, objective, MANY_STEPS));
    assertThat(readers).isNotEmpty().doesNotContain(Thread.currentThread());
  }

  @Test
  void canBeInterruptedWhileItWaitsForFiles() {
    Thread trainer = Thread.currentThread();
    Dataset files =
        new WatchedDataset(
            DATA,
            true,
            rows -> {
              trainer.interrupt();
              waitForEver();
            });
    Objective objective = Objective.of(Loss.of(Task.MULTICLASS));
    assertThatThrownBy(() -> train(files, objective, MANY_STEPS))
        .isInstanceOf(CancellationException.class)
        .hasMessage("training was interrupted before step 0, in epoch 0");
    assertThat(Thread.interrupted()).isFalse();
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
