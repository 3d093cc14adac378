package org.xgradient.experiments.sparsity;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.Subset;
import org.xgradient.data.Task;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.TabularDataset;
import org.xgradient.experiments.Workers;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.metrics.Gini;
import org.xgradient.metrics.RocAuc;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.Validation;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.LearningRateSchedule;

/** Does trainings one after another; builds the graph of an arm once. */
final class StudyWorker implements Workers.Worker<SparsityStudy.Task, StudyRun> {

  /** Steps at which the sparsity of a regular network no longer changes in its third digit. */
  private static final int STEPS = 32;

  private final IntFunction<PreparedTable> data;
  private final StudyOptions options;
  private final LongAdder buildingNanos;
  private final Map<Arm, Prepared> arms = new HashMap<>();
  private int repetition = -1;
  private PreparedTable table;

  /** An arm's graph, ready to train. */
  private record Prepared(
      GraphSession session,
      NetworkModel model,
      Trainer trainer,
      Predictor predictor,
      Attributor attributor) {}

  @SuppressWarnings("NullAway.Init")
  StudyWorker(IntFunction<PreparedTable> data, StudyOptions options, LongAdder buildingNanos) {
    this.data = data;
    this.options = options;
    this.buildingNanos = buildingNanos;
  }

  @Override
  public StudyRun run(SparsityStudy.Task task) {
    if (task.repetition() != repetition) {
      table = data.apply(task.repetition());
      repetition = task.repetition();
    }
    TabularDataset rows = table.dataset();
    Prepared arm = arms.computeIfAbsent(task.arm(), key -> prepare(key, rows.inputShape().get(0)));

    long seed = Seeds.derive(options.seed(), "repetition", repetition);
    arm.model().initialize(seed);
    TrainingResult training =
        weighted(arm.trainer(), task)
            .fit(
                new Subset(rows, table.split().train()),
                new Subset(rows, table.split().validation()),
                trainingOptions(seed));
    var test = new Subset(rows, table.split().test());
    FloatArray attributions = attributions(arm.attributor(), test);
    return new StudyRun(
        task.arm(),
        task.lambda(),
        repetition,
        training.bestMetric().orElseThrow(),
        new RocAuc().of(arm.model(), test),
        Gini.ofMeanAbsolute(attributions),
        Importance.of(attributions),
        training,
        table);
  }

  private TrainingOptions trainingOptions(long seed) {
    return TrainingOptions.withDefaults()
        .withEpochs(options.epochs())
        .withSchedule(LearningRateSchedule.constant(options.learningRate()))
        .withSeed(seed)
        .withValidation(
            Validation.byMetric(table.dataset().task()).withTime(Validation.Time.BEFORE_UPDATES));
  }

  private static Trainer weighted(Trainer trainer, SparsityStudy.Task task) {
    return task.arm().regularizer().isPresent() ? trainer.withPriorWeights(task.lambda()) : trainer;
  }

  private FloatArray attributions(Attributor attributor, Subset test) {
    int count = Math.min(options.attributionRows(), test.size());
    int[] first = new int[count];
    for (int i = 0; i < count; i++) {
      first[i] = i;
    }
    return attributor.attribute(test.batch(first).inputs()).values();
  }

  private Prepared prepare(Arm arm, int features) {
    long start = System.nanoTime();
    try {
      return build(arm, features);
    } finally {
      buildingNanos.add(System.nanoTime() - start);
    }
  }

  private Prepared build(Arm arm, int features) {
    Network regular = Networks.mlp(features, 1, options.hidden().toArray());
    GraphSession session = GraphSession.open(SessionOptions.singleThreaded());
    NetworkModel model =
        (arm.biases() ? regular : regular.withoutBiases()).build(session, options.seed());
    Objective objective =
        arm.regularizer()
            .map(
                regularizer ->
                    Objective.of(
                        Loss.of(Task.BINARY),
                        AttributionPrior.of(regularizer.method(), regularizer.prior(), 1)))
            .orElseGet(() -> Objective.of(Loss.of(Task.BINARY)));
    AttributionMethod judge =
        arm.biases()
            ? new IntegratedGradients(Baseline.zero(), Quadrature.gaussLegendre(STEPS))
            : new XGradient();
    return new Prepared(
        session,
        model,
        Trainer.of(model, objective, Adam.withDefaults()),
        Predictor.of(model),
        Attributor.of(model, judge, AttributorOptions.withDefaults()));
  }

  @Override
  public void close() {
    arms.values().forEach(arm -> arm.session().close());
  }
}
