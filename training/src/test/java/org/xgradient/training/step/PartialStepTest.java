package org.xgradient.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.RrrGradient;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.Batch;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Dropout;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.rows.MixedRowsException;
import org.xgradient.training.EpochRecord;
import org.xgradient.training.Examples;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.IndependencePrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.optimizer.Sgd;
import org.xgradient.training.optimizer.UpdateRule;

/** A step in parts against the step in one run. */
class PartialStepTest {

  private static final int CLASSES = 3;
  private static final Batch BATCH = Examples.classes(10, 6, CLASSES, 1).all();

  /** Sums of some hundred floats of the order of 1 in another order, over four steps. */
  private static final double ROUNDING = 1e-5;

  private static final AttributionMethod EG =
      new ExpectedGradients(ReferenceDistribution.batch(), 5);

  private static final AttributionMethod IG =
      new IntegratedGradients(Baseline.constant(0.1f), Quadrature.gaussLegendre(5));

  /** Method, rows of a part, points of a chunk, whether there is dropout. */
  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(List.of(), 10, 1, true),
        Arguments.of(List.of(), 4, 1, false),
        Arguments.of(List.of(new XGradient()), 10, 1, true),
        Arguments.of(List.of(new XGradient()), 3, 1, false),
        Arguments.of(List.of(EG), 10, 1, true),
        Arguments.of(List.of(EG), 10, 2, true),
        Arguments.of(List.of(IG), 4, 3, false),
        Arguments.of(List.of(IG, new XGradient(), EG, new RrrGradient()), 10, 4, true));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheStepInOneRun(
      List<AttributionMethod> methods, int rows, int points, boolean dropout) {
    Objective objective =
        Objective.of(
            Loss.softmaxCrossEntropy(),
            methods.stream()
                .map(method -> AttributionPrior.of(method, Priors.gini(), 1))
                .toArray(AttributionPrior[]::new));
    try (GraphSession session = GraphSession.open()) {
      NetworkModel one = network(dropout).build(session, 3);
      NetworkModel other = network(dropout).build(session, 3);
      var whole = new WholeStep(one, objective, rule(session, one));
      var partial = new PartialStep(other, objective, rule(session, other));
      for (int step = 0; step < 4; step++) {
        StepLosses expected = whole.run(input(step, methods.size()));
        StepLosses found = partial.run(input(step, methods.size()), rows, points);
        assertThat(found.loss()).isCloseTo(expected.loss(), within(ROUNDING));
        for (int i = 0; i < methods.size(); i++) {
          assertThat(found.penalties().get(i))
              .isCloseTo(expected.penalties().get(i), within(ROUNDING));
        }
      }
      for (int i = 0; i < one.parameters().size(); i++) {
        float[] expected = one.parameters().get(i).read(session).values();
        float[] found = other.parameters().get(i).read(session).values();
        for (int j = 0; j < expected.length; j++) {
          assertThat((double) found[j]).isCloseTo(expected[j], within(ROUNDING));
        }
      }
    }
  }

  /** A demand on outputs beside a prior on attributions, whose points alone are divided. */
  @Test
  void aDemandOfIndependenceIsTheSameInParts() {
    var mask = FloatArray.of(new float[] {1, 0, 0, 1, 0, 0}, 6);
    Objective objective =
        Objective.of(
            Loss.softmaxCrossEntropy(),
            AttributionPrior.of(EG, Priors.gini(), 1),
            new IndependencePrior(mask, 2, 1));
    try (GraphSession session = GraphSession.open()) {
      NetworkModel one = network(true).build(session, 3);
      NetworkModel other = network(true).build(session, 3);
      var whole = new WholeStep(one, objective, rule(session, one));
      var partial = new PartialStep(other, objective, rule(session, other));
      for (int step = 0; step < 4; step++) {
        StepLosses expected = whole.run(input(step, 2));
        StepLosses found = partial.run(input(step, 2), 10, 2);
        assertThat(expected.penalties().get(1)).isPositive();
        for (int i = 0; i < 2; i++) {
          assertThat(found.penalties().get(i))
              .isCloseTo(expected.penalties().get(i), within(ROUNDING));
        }
      }
      assertThat(other.parameters().get(0).read(session).values())
          .usingComparatorWithPrecision((float) ROUNDING)
          .containsExactly(one.parameters().get(0).read(session).values());
    }
  }

  /** The trainer divides a step when it must, and it makes no difference. */
  @Test
  void aSmallBudgetTrainsTheSame() {
    InMemoryDataset train = Examples.binary(12, 6, 1);
    var prior = AttributionPrior.of(new XGradient(), Priors.gini(), 0.5);
    Objective objective = Objective.of(Loss.binaryCrossEntropy(), prior);
    TrainingOptions options = TrainingOptions.withDefaults().withEpochs(20);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model =
          new Network("n", ImmutableIntArray.of(6), layers(false, 1))
              .withoutBiases()
              .build(session, 3);
      Trainer trainer = Trainer.of(model, objective, Sgd.withDefaults().withMomentum(0.9));
      EpochRecord ample = last(trainer.fit(train, options));
      int operations = operations(session);
      model.initialize(3);
      EpochRecord tight = last(trainer.fit(train, options.withMemoryBudget(5_000)));
      assertThat(tight.loss()).isCloseTo(ample.loss(), within(ROUNDING));
      assertThat(tight.penalties().get(0)).isCloseTo(ample.penalties().get(0), within(ROUNDING));
      assertThat(operations(session)).as("operations with another step").isGreaterThan(operations);
    }
  }

  private static int operations(GraphSession session) {
    int count = 0;
    var operations = ((Graph) session.ops().scope().env()).operations();
    while (operations.hasNext()) {
      operations.next();
      count++;
    }
    return count;
  }

  private static EpochRecord last(TrainingResult result) {
    return result.history().get(result.history().size() - 1);
  }

  private static StepInput input(int step, int priors) {
    double[] weights = new double[priors];
    for (int i = 0; i < priors; i++) {
      weights[i] = 0.3 * (i + 1);
    }
    return new StepInput(BATCH, 17L + step, 0.1, step, ImmutableDoubleArray.copyOf(weights));
  }

  /** Of batch normalisation in training mode, for instance, no prior can judge a row by itself. */
  @Test
  void refusesAPriorOnRowsThatKnowEachOther() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel network = network(false).build(session, 3);
      BoundModel centred = BoundModel.of(session, new Centred(network));
      AttributionPrior prior = AttributionPrior.of(IG, Priors.gini(), 1);
      assertThatThrownBy(
              () ->
                  new Steps(
                      centred,
                      Objective.of(Loss.softmaxCrossEntropy(), prior),
                      rule(session, network)))
          .isInstanceOf(MixedRowsException.class)
          .hasMessageContaining("reduces over the rows of the batch");
      var steps =
          new Steps(centred, Objective.of(Loss.softmaxCrossEntropy()), rule(session, network));
      assertThat(steps).isNotNull();
    }
  }

  private record Centred(NetworkModel network) implements Model {
    @Override
    public Ops ops() {
      return network.ops();
    }

    @Override
    public ImmutableIntArray inputShape() {
      return network.inputShape();
    }

    @Override
    public int outputs() {
      return network.outputs();
    }

    @Override
    public ImmutableList<Parameter> parameters() {
      return network.parameters();
    }

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      var mean = ops().math.mean(inputs, ops().constant(0));
      return network.logits(ops().math.sub(inputs, mean), mode);
    }
  }

  /** One that reads parameters and slots. */
  private static UpdateRule rule(GraphSession session, NetworkModel model) {
    UpdateRule rule = new Sgd(0.9, 0.1, true).build(session.ops(), model.parameters());
    for (Parameter slot : rule.slots()) {
      slot.assign(session, FloatArray.zeros(slot.shape().toArray()));
    }
    return rule;
  }

  /** Without biases, because X-Gradient needs that. */
  private static Network network(boolean dropout) {
    return new Network("n", ImmutableIntArray.of(6), layers(dropout, CLASSES)).withoutBiases();
  }

  private static Sequential layers(boolean dropout, int outputs) {
    return Sequential.of(
        Dense.of(16),
        Activation.RELU,
        new Dropout(dropout ? 0.4f : 0),
        Dense.of(8),
        Activation.RELU,
        Dense.of(outputs));
  }
}
