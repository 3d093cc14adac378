package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.metrics.RocAuc;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.objective.WeightedPrior;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.LearningRateSchedule;
import org.xgradient.training.optimizer.Sgd;

class TrainerTest {

  private static final InMemoryDataset TRAIN = Examples.binary(64, 6, 1);
  private static final InMemoryDataset VALIDATION = Examples.binary(200, 6, 2);

  private static final TrainingOptions OPTIONS =
      TrainingOptions.withDefaults()
          .withEpochs(30)
          .withBatchSize(16)
          .withSchedule(LearningRateSchedule.constant(0.01));

  /** A trainer of a small network and what it needs; closed by closing the session. */
  private record Fixture(GraphSession session, NetworkModel model, Trainer trainer)
      implements AutoCloseable {

    static Fixture of(WeightedPrior... priors) {
      GraphSession session = GraphSession.open();
      NetworkModel model = Networks.mlp(6, 1, 16, 8).withoutBiases().build(session, 5);
      Objective objective = Objective.of(Loss.binaryCrossEntropy(), priors);
      return new Fixture(session, model, Trainer.of(model, objective, Adam.withDefaults()));
    }

    TrainingResult fit(TrainingOptions options) {
      return fit(trainer, options);
    }

    TrainingResult fit(Trainer weighted, TrainingOptions options) {
      model.initialize(5);
      return weighted.fit(TRAIN, VALIDATION, options);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  private static AttributionPrior gini(double weight) {
    return AttributionPrior.of(new XGradient(), Priors.gini(), weight);
  }

  @Test
  void learns() {
    try (Fixture fixture = Fixture.of()) {
      TrainingResult result =
          fixture.fit(OPTIONS.withValidation(Validation.byMetric(TRAIN.task())));
      assertThat(result.history()).hasSize(30);
      assertThat(result.history().get(0).loss()).isBetween(0.5, 0.8);
      assertThat(result.history().get(29).loss()).isLessThan(0.2);
      assertThat(result.bestMetric().getAsDouble()).isGreaterThan(0.95);
    }
  }

  @Test
  void learnsClasses() {
    InMemoryDataset train = Examples.classes(300, 5, 3, 1);
    InMemoryDataset test = Examples.classes(300, 5, 3, 2);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(5, 3, 16).withoutBiases().build(session, 1);
      for (Target target : List.of(Target.label(), Target.randomSigns())) {
        model.initialize(1);
        var prior = new AttributionPrior(new XGradient(), target, Priors.gini(), 0.1);
        var objective = Objective.of(Loss.of(train.task()), prior);
        Trainer trainer = Trainer.of(model, objective, Sgd.withDefaults().withMomentum(0.9));
        TrainingOptions options =
            OPTIONS
                .withSchedule(LearningRateSchedule.cosine(0.1, 0).withWarmUp(10))
                .withValidation(Validation.byMetric(train.task()));
        TrainingResult result = trainer.fit(train, test, options);
        assertThat(result.bestMetric().getAsDouble()).isGreaterThan(0.9);
        assertThat(result.history().get(29).penalties().get(0))
            .isLessThan(result.history().get(0).penalties().get(0) - 0.1);
      }
    }
  }

  @Test
  void aPriorMakesItsPenaltySmaller() {
    try (Fixture fixture = Fixture.of(gini(1))) {
      double with = last(fixture.fit(OPTIONS)).penalties().get(0);
      double without =
          last(fixture.fit(fixture.trainer().withPriorWeights(0), OPTIONS)).penalties().get(0);
      // Gini coefficients of 0.8 and more against about 0.5.
      assertThat(with).isLessThan(-0.75);
      assertThat(without).isGreaterThan(with + 0.15);
    }
  }

  @Test
  void aPriorOfWeightZeroIsNoPrior() {
    try (Fixture none = Fixture.of();
        Fixture zero = Fixture.of(gini(0))) {
      TrainingResult plain = none.fit(OPTIONS);
      TrainingResult weightless = zero.fit(OPTIONS);
      assertThat(weightless.weights()).isEqualTo(plain.weights());
      assertThat(last(weightless).loss()).isEqualTo(last(plain).loss());
    }
  }

  @Test
  void theSameSeedGivesTheSameWeightsHoweverOftenTheGraphWasUsed() {
    var method = new ExpectedGradients(ReferenceDistribution.batch(), 2);
    var prior = AttributionPrior.of(method, Priors.gini(), 0.5);
    try (Fixture fixture = Fixture.of(prior)) {
      TrainingResult first = fixture.fit(OPTIONS.withSeed(1));
      TrainingResult other = fixture.fit(OPTIONS.withSeed(2));
      TrainingResult again = fixture.fit(OPTIONS.withSeed(1));
      assertThat(again.weights()).isEqualTo(first.weights());
      assertThat(other.weights()).isNotEqualTo(first.weights());
    }
  }

  @Test
  void keepsTheFirstOfTheBestEpochs() {
    try (Fixture fixture = Fixture.of()) {
      TrainingResult result =
          fixture.fit(OPTIONS.withValidation(Validation.byMetric(TRAIN.task())));
      List<Double> metrics =
          result.history().stream().map(epoch -> epoch.metric().getAsDouble()).toList();
      double best = result.bestMetric().getAsDouble();
      assertThat(metrics).allMatch(metric -> metric <= best);
      assertThat(result.bestEpoch()).isEqualTo(metrics.indexOf(best));
      // The model has the best weights, and they have that metric.
      assertThat(fixture.model().parameters().get(0).read(fixture.session()))
          .isEqualTo(result.weights().get("fc1.weight"));
      assertThat(new RocAuc().of(fixture.model(), VALIDATION)).isEqualTo(best);
    }
  }

  /** What is judged before an epoch is what was judged after the one before it. */
  @Test
  void judgesBeforeOrAfterTheUpdates() {
    Validation after = Validation.byMetric(TRAIN.task());
    Validation before = after.withTime(Validation.Time.BEFORE_UPDATES);
    try (Fixture fixture = Fixture.of()) {
      List<EpochRecord> afters = fixture.fit(OPTIONS.withValidation(after)).history();
      List<EpochRecord> befores = fixture.fit(OPTIONS.withValidation(before)).history();
      for (int i = 1; i < afters.size(); i++) {
        assertThat(befores.get(i).metric()).isEqualTo(afters.get(i - 1).metric());
        assertThat(befores.get(i).loss()).isEqualTo(afters.get(i).loss());
      }
    }
  }

  @Test
  void stopsEarly() {
    Validation patient = Validation.byMetric(TRAIN.task()).withPatience(3);
    try (Fixture fixture = Fixture.of()) {
      TrainingOptions options = OPTIONS.withEpochs(500).withValidation(patient);
      TrainingResult result = fixture.fit(options);
      assertThat(result.history()).hasSizeLessThan(500);
      assertThat(result.history()).hasSize(result.bestEpoch() + 1 + 3);
    }
  }

  @Test
  void tellsTheListenerEachStepAndEpoch() {
    List<StepRecord> steps = new ArrayList<>();
    List<EpochRecord> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepFinished(StepRecord step) {
            steps.add(step);
          }

          @Override
          public void epochFinished(EpochRecord epoch) {
            epochs.add(epoch);
          }
        };
    try (Fixture fixture = Fixture.of(gini(0.5))) {
      TrainingResult result =
          fixture.fit(OPTIONS.withEpochs(2).withBatchSize(40).withListener(listener));
      assertThat(epochs).isEqualTo(result.history());
      assertThat(steps).extracting(StepRecord::step).containsExactly(0L, 1L, 2L, 3L);
      assertThat(steps).extracting(StepRecord::examples).containsExactly(40, 24, 40, 24);
      double mean = (40 * steps.get(2).loss() + 24 * steps.get(3).loss()) / 64;
      assertThat(epochs.get(1).loss()).isEqualTo(mean);
    }
  }

  @Test
  void trainsWithoutValidation() {
    try (Fixture fixture = Fixture.of()) {
      TrainingResult result = fixture.trainer().fit(TRAIN, OPTIONS.withEpochs(3));
      assertThat(result.bestEpoch()).isEqualTo(2);
      assertThat(result.bestMetric()).isEmpty();
      assertThat(last(result).metric()).isEmpty();
      assertThat(result.weights().get("fc1.weight"))
          .isEqualTo(fixture.model().parameters().get(0).read(fixture.session()));
    }
  }

  @Test
  void stopsWhereTheObjectiveIsNoNumberAnyMore() {
    try (Fixture fixture = Fixture.of()) {
      TrainingOptions options = OPTIONS.withSchedule(LearningRateSchedule.constant(1e30));
      assertThatThrownBy(() -> fixture.fit(options))
          .isInstanceOf(DivergedException.class)
          .hasMessageMatching(
              "the losses of step \\d, in epoch 0, must be finite, found .* and penalties \\[];"
                  + " lower the learning rate or the weights of the priors, and look for values"
                  + " in the data that are not finite");
    }
  }

  @Test
  void canBeInterrupted() {
    TrainingListener interrupting =
        new TrainingListener() {
          @Override
          public void stepFinished(StepRecord step) {
            if (step.step() == 5) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try (Fixture fixture = Fixture.of()) {
      assertThatThrownBy(() -> fixture.fit(OPTIONS.withListener(interrupting)))
          .isInstanceOf(CancellationException.class)
          .hasMessage("training was interrupted before step 6, in epoch 1");
    }
  }

  /** Dead network: every attribution is 0, and so is every gradient of the prior. */
  @Test
  void aDeadNetworkGivesNoNaN() {
    try (Fixture fixture = Fixture.of(gini(1))) {
      var zeros = FloatArray.zeros(6, 16);
      fixture.model().parameters().get(0).assign(fixture.session(), zeros);
      TrainingResult result = fixture.trainer().fit(TRAIN, VALIDATION, OPTIONS.withEpochs(2));
      assertThat(last(result).penalties()).isEqualTo(ImmutableDoubleArray.of(0));
      assertThat(last(result).loss()).isEqualTo((float) Math.log(2));
      assertThat(result.weights().get("fc1.weight")).isEqualTo(zeros);
    }
  }

  @Test
  void aConstantColumnAndASingleRowTrain() {
    float[] values = {0, 1, 2, 3, 4, 5};
    var one =
        InMemoryDataset.of(
            FloatArray.of(values, 1, 6), FloatArray.of(new float[] {1}, 1), TRAIN.task(), 1);
    try (Fixture fixture = Fixture.of(gini(1))) {
      TrainingResult result = fixture.trainer().fit(one, OPTIONS.withEpochs(5));
      assertThat(last(result).loss()).isLessThan(result.history().get(0).loss());
      assertThat(last(result).penalties().get(0)).isBetween(-1.0, 0.0);
    }
  }

  @Test
  void oneClassTrainsButHasNoRocAuc() {
    InMemoryDataset ones =
        InMemoryDataset.of(
            TRAIN.inputs(), FloatArray.of(filled(64, 1), 64), TRAIN.task(), TRAIN.outputs());
    try (Fixture fixture = Fixture.of(gini(0.1))) {
      TrainingResult result = fixture.trainer().fit(ones, VALIDATION, OPTIONS.withEpochs(10));
      assertThat(last(result).loss()).isLessThan(0.5);
      TrainingOptions byRocAuc = OPTIONS.withValidation(Validation.byMetric(TRAIN.task()));
      assertThatThrownBy(() -> fixture.trainer().fit(TRAIN, ones, byRocAuc))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "ROC-AUC needs examples of both classes, found 0 of class 0 and 64 of class 1");
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (Fixture fixture = Fixture.of(gini(1))) {
      Trainer trainer = fixture.trainer();
      assertThatThrownBy(() -> trainer.fit(Examples.binary(4, 5, 0), OPTIONS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the data must be for a model of inputs [6] and 1 outputs, found [5] and 1");
      assertThatThrownBy(() -> trainer.fit(Examples.binary(0, 6, 0), OPTIONS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there must be at least one example, found none");
      InMemoryDataset twos =
          InMemoryDataset.of(
              TRAIN.inputs(), FloatArray.of(filled(64, 2), 64), TRAIN.task(), TRAIN.outputs());
      assertThatThrownBy(() -> trainer.fit(twos, OPTIONS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("labels must be whole numbers in \\[0, 2\\), found 2.0 in row \\d+");
      assertThatThrownBy(() -> trainer.withPriorWeights(1, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "there must be a weight for each of the 1 priors of the objective,"
                  + " found [1.0, 2.0]");
    }
    assertThatThrownBy(() -> gini(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the weight of a prior must be at least 0 and finite, found -1.0");
    assertThatThrownBy(() -> gini(1).withWeight(-0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the weight of a prior must be at least 0 and finite, found -0.5");
    assertThatThrownBy(() -> OPTIONS.withBatchSize(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the batch size must be at least 1, found 0");
  }

  private static EpochRecord last(TrainingResult result) {
    return result.history().get(result.history().size() - 1);
  }

  private static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }
}
