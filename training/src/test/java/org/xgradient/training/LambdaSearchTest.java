package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Subset;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.IndependencePrior;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.objective.WeightedPrior;
import org.xgradient.training.swap.SwapEffect;

class LambdaSearchTest {

  private static final InMemoryDataset TRAIN = Examples.binary(300, 6, 1);
  private static final InMemoryDataset VALIDATION = Examples.binary(200, 6, 2);
  private static final InMemoryDataset TEST = Examples.binary(200, 6, 3);

  /** The label depends on the first two features; the first must not count. */
  private static final FloatArray MASK = FloatArray.of(new float[] {1, 0, 0, 0, 0, 0}, 6);

  private static final TrainingOptions OPTIONS =
      TrainingOptions.withDefaults().withEpochs(25).withBatchSize(32).withSeed(4);

  private static NetworkModel network(GraphSession session) {
    return Networks.mlp(6, 1, 32, 16).withoutBiases().build(session, 5);
  }

  private static Trainer trainer(NetworkModel model, WeightedPrior prior) {
    return Trainer.of(model, Objective.of(TRAIN, prior));
  }

  @Test
  void aDemandOfIndependenceIsMetOnOtherRows() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network(session);
      LambdaPath path =
          LambdaSearch.of(trainer(model, IndependencePrior.of(MASK, 1)))
              .fit(TRAIN, VALIDATION, OPTIONS);
      assertThat(path.isKept()).isTrue();
      assertThat(path.best().lambda()).isPositive();
      assertThat(path.without().swap().orElseThrow().changed()).isGreaterThan(0.2);
      // The promise is 2 % on the validation rows; other rows may differ by a percent or two.
      assertThat(SwapEffect.of(model, TEST, MASK).changed()).isLessThan(0.04);
      // No worse than a model that never saw the feature, within the noise of 200 rows.
      assertThat(path.best().metric()).isGreaterThan(path.leftOut().orElseThrow().metric() - 0.05);
    }
  }

  /** References that differ in the masked features only: the sampled form of the same demand. */
  @Test
  void theSampledFormMakesIndependentToo() {
    var method = new ExpectedGradients(ReferenceDistribution.batch().onlyIn(MASK), 1);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network(session);
      trainer(model, AttributionPrior.of(method, Priors.mask(MASK), 100))
          .fit(TRAIN, VALIDATION, OPTIONS);
      assertThat(SwapEffect.of(model, TEST, MASK).changed()).isLessThan(0.04);
    }
  }

  @Test
  void theModelHasTheParametersOfTheOneThatIsTaken() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network(session);
      Trainer trainer = trainer(model, AttributionPrior.of(new XGradient(), Priors.gini(), 1));
      LambdaPath path = LambdaSearch.of(trainer).fit(TRAIN, VALIDATION, OPTIONS);
      assertThat(trainer.losses(VALIDATION, OPTIONS).losses()).isEqualTo(path.best().losses());
      assertThat(path.leftOut()).isEmpty();
    }
  }

  /** What judges an epoch is what is trained, on the validation rows. */
  @Test
  void theBestEpochIsThatOfTheObjective() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network(session);
      double lambda = 10;
      Trainer trainer = trainer(model, IndependencePrior.of(MASK, lambda));
      TrainingResult result = trainer.fit(TRAIN, VALIDATION, OPTIONS);
      var now = trainer.losses(VALIDATION, OPTIONS);
      double best = result.bestMetric().getAsDouble();
      // The same numbers from the same parameters and draws.
      assertThat(best).isCloseTo(now.meanLoss() + lambda * now.penalties().get(0), within(1e-12));
      assertThat(result.history().stream().mapToDouble(epoch -> epoch.metric().getAsDouble()).min())
          .hasValue(best);
    }
  }

  @Test
  void goesOnWhereItWasInterrupted(@TempDir Path directory) {
    TrainingOptions kept = OPTIONS.withCheckpoints(directory.resolve("state.safetensors"), 3);
    var rule = new LambdaRule.Given(5);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network(session);
      var search = LambdaSearch.of(trainer(model, IndependencePrior.of(MASK, 1))).by(rule);
      LambdaPath whole = search.fit(TRAIN, VALIDATION, OPTIONS);
      model.initialize(5);
      List<Integer> epochs = new ArrayList<>();
      TrainingOptions interrupted =
          kept.withListener(
              new TrainingListener() {
                @Override
                public void epochFinished(EpochRecord epoch) {
                  epochs.add(epoch.epoch());
                  // In the second training.
                  if (epochs.size() == 32) {
                    Thread.currentThread().interrupt();
                  }
                }
              });
      assertThatThrownBy(() -> search.fit(TRAIN, VALIDATION, interrupted))
          .isInstanceOf(CancellationException.class);
      model.initialize(5);
      LambdaPath resumed = search.resume(TRAIN, VALIDATION, kept);
      for (int i = 0; i < whole.points().size(); i++) {
        assertThat(resumed.points().get(i).losses()).isEqualTo(whole.points().get(i).losses());
      }
    }
  }

  @Test
  void thereMustBeAPriorAndRowsToJudgeIt() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network(session);
      Trainer none = Trainer.of(model, Objective.of(TRAIN));
      assertThatThrownBy(() -> LambdaSearch.of(none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must have a prior");
      var search = LambdaSearch.of(trainer(model, IndependencePrior.of(MASK, 1)));
      var empty = new Subset(TRAIN, ImmutableIntArray.of());
      assertThatThrownBy(() -> search.fit(TRAIN, empty, OPTIONS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("validation rows, found none");
    }
  }

  @Test
  void fewRowsGetSmallBatchesAndSparsityDecays() {
    Objective plain = Objective.of(TRAIN);
    Objective sparse = Objective.of(TRAIN, AttributionPrior.of(new XGradient(), Priors.gini(), 1));
    assertThat(UsualTraining.of(plain, 107).batchSize()).isEqualTo(16);
    assertThat(UsualTraining.of(plain, 785).batchSize()).isEqualTo(32);
    assertThat(UsualTraining.of(plain, 1_000_000).batchSize()).isEqualTo(256);
    assertThat(UsualTraining.of(plain, 5).batchSize()).isEqualTo(5);
    assertThat(UsualTraining.of(plain, 107).epochs()).isEqualTo(571);
    assertThat(UsualTraining.of(sparse, 107).weightDecay()).isPositive();
    assertThat(UsualTraining.of(sparse, 107).patience()).isEmpty();
    assertThat(UsualTraining.of(plain, 107).weightDecay()).isZero();
  }
}
