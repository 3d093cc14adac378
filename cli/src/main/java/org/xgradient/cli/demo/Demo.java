package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.Checksums;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.ScikitLearnSplit;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreparation;
import org.xgradient.experiments.mortality.Cohort;
import org.xgradient.experiments.mortality.SyntheticMortality;
import org.xgradient.experiments.sparsity.Arm;
import org.xgradient.experiments.sparsity.MethodAgreement;
import org.xgradient.experiments.sparsity.SparsityStudy;
import org.xgradient.experiments.sparsity.SparsityStudy.Task;
import org.xgradient.experiments.sparsity.StepCost;
import org.xgradient.experiments.sparsity.StudyOptions;
import org.xgradient.experiments.sparsity.StudyRun;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.metrics.masking.MaskingResults;
import org.xgradient.report.chart.ContributionChart;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.training.table.TableModel;

/** The work of the demo, stage by stage. */
final class Demo {

  private static final int TRAIN_ROWS = 100;
  private static final int VALIDATION_ROWS = 100;
  private static final int AGREEMENT_ROWS = 256;
  private static final int COST_ROUNDS = 8;

  private final SyntheticMortality generator;
  private final int repetitions;
  private final ProgressReporter progress;
  private final Stopwatches times;
  private final StudyOptions options;

  Demo(
      SyntheticMortality generator,
      int repetitions,
      StudyOptions options,
      ProgressReporter progress,
      Stopwatches times) {
    this.generator = generator;
    this.repetitions = repetitions;
    this.options = options;
    this.progress = progress;
    this.times = times;
  }

  DemoResult run(Path modelDirectory) throws IOException {
    var stages = new Stages();
    times.time("data", stages::generate);
    times.time("training", stages::train);
    times.split("training", "graph building", stages.buildingSeconds);
    times.time("training cost", stages::measureCost);
    times.time("attribution", stages::compareMethods);
    times.time("export", () -> stages.export(modelDirectory));
    times.time("attribution", () -> stages.explain(modelDirectory));
    times.time("metrics", () -> stages.compareExplanations(modelDirectory));
    return stages.result();
  }

  /** The stages share what the earlier ones made. */
  @SuppressWarnings("NullAway.Init")
  private final class Stages {
    private Table table;
    private final List<StudyRun> runs = new ArrayList<>();
    private ImmutableList<StepCost> costs;
    private MethodAgreement homogeneous;
    private MethodAgreement regular;
    private StudyRun exported;
    private double buildingSeconds;
    private Provenance provenance;
    private ImmutableList<ContributionChart> explanations;
    private MaskingResults masking;

    void generate() {
      table = generator.generate().cohort().labelledAt(SyntheticMortality.HORIZON);
    }

    void train() {
      List<Task> tasks = new ArrayList<>();
      for (int repetition = 0; repetition < repetitions; repetition++) {
        for (Arm arm : DemoArms.ALL) {
          tasks.add(new Task(arm, DemoArms.LAMBDA, repetition));
        }
      }
      var study = new SparsityStudy(this::prepare, options);
      try (ProgressTask task = progress.start("training", tasks.size(), "networks")) {
        study.run(
            tasks,
            run -> {
              runs.add(run);
              task.step();
            });
      }
      runs.sort(
          Comparator.comparingInt((StudyRun run) -> DemoArms.ALL.indexOf(run.arm()))
              .thenComparingInt(StudyRun::repetition));
      exported = best(run -> !run.arm().biases());
      buildingSeconds = study.buildingSeconds() / options.workers();
    }

    private PreparedTable prepare(int repetition) {
      var split =
          ScikitLearnSplit.trainValidationTest(
              table.rows(), TRAIN_ROWS, VALIDATION_ROWS, repetition);
      return TablePreparation.withDefaults().prepare(table, Cohort.LABEL, split);
    }

    private StudyRun best(Predicate<StudyRun> candidate) {
      return runs.stream()
          .filter(candidate)
          .max(Comparator.comparingDouble(StudyRun::validationAuc))
          .orElseThrow();
    }

    void measureCost() {
      try (ProgressTask task = progress.start("cost of a training step", 1, "measurement")) {
        costs = StepCost.measure(DemoArms.ALL, runs.get(0).data(), options, COST_ROUNDS);
        task.step();
      }
    }

    void compareMethods() {
      try (ProgressTask task = progress.start("X-Gradient and IG(128)", 2, "networks")) {
        homogeneous =
            agreement(best(run -> run.arm().equals(DemoArms.X_GRADIENT)), new XGradient());
        task.step();
        regular = agreement(best(run -> run.arm().equals(DemoArms.REGULAR)), new InputXGradient());
        task.step();
      }
    }

    private MethodAgreement agreement(StudyRun run, AttributionMethod method) {
      try (GraphSession session = GraphSession.open()) {
        return MethodAgreement.measure(build(run, session), method, testRows(run));
      }
    }

    private FloatArray testRows(StudyRun run) {
      var test = run.data().split().test();
      int rows = Math.min(AGREEMENT_ROWS, test.length());
      return run.data().dataset().batch(test.subArray(0, rows).toArray()).inputs();
    }

    private NetworkModel build(StudyRun run, GraphSession session) {
      Network network =
          Networks.mlp(run.data().dataset().inputShape().get(0), 1, options.hidden().toArray());
      NetworkModel model =
          (run.arm().biases() ? network : network.withoutBiases()).build(session, options.seed());
      model.assign(run.training().weights());
      return model;
    }

    void export(Path directory) throws IOException {
      provenance =
          Provenance.ofThisProcess()
              .with("TensorFlow", NativeTensorFlow.version())
              .with("data", "SyntheticMortality, %d rows labelled".formatted(table.rows()))
              .with("data SHA-256", Checksums.sha256(runs.get(0).data().dataset().inputs()))
              .with("network", "MLP, hidden layers " + options.hidden() + ", ReLU")
              .with(
                  "training",
                  "%d training and %d validation rows, %d epochs of one step, Adam %s"
                      .formatted(
                          TRAIN_ROWS, VALIDATION_ROWS, options.epochs(), options.learningRate()))
              .with("prior", "Gini, lambda " + DemoArms.LAMBDA)
              .with("repetitions", repetitions)
              .with("seed", options.seed());
      try (GraphSession session = GraphSession.open()) {
        TableModel.write(
            directory,
            build(exported, session),
            new XGradient(),
            exported.data().preprocessing(),
            exported.data().labels(),
            provenance
                .with("arm", exported.arm().name())
                .with("repetition", exported.repetition())
                .with("best epoch", exported.training().bestEpoch() + 1));
      }
    }

    void explain(Path directory) {
      try (TableModel model = TableModel.load(directory)) {
        explanations = RowExplanations.of(model, exported, table);
      }
    }

    void compareExplanations(Path directory) {
      try (TableModel model = TableModel.load(directory);
          ProgressTask task = progress.start("masking metrics", 1, "model")) {
        masking = MethodComparison.of(model, testRows(exported), options.seed());
        task.step();
      }
    }

    DemoResult result() {
      ImmutableListMultimap.Builder<Arm, StudyRun> byArm = ImmutableListMultimap.builder();
      runs.forEach(run -> byArm.put(run.arm(), run));
      return new DemoResult(
          byArm.build(),
          costs,
          homogeneous,
          regular,
          AGREEMENT_ROWS,
          exported,
          exported.data().dataset().featureNames(),
          explanations,
          masking,
          provenance);
    }
  }
}
