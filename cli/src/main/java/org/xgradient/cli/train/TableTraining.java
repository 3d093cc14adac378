package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.train.report.ClassShares;
import org.xgradient.cli.train.report.GroupTables;
import org.xgradient.cli.train.report.ModelSummary;
import org.xgradient.cli.train.report.PartScore;
import org.xgradient.cli.train.report.PriorOutcome;
import org.xgradient.cli.train.report.TrainedRows;
import org.xgradient.cli.train.report.TrainingPage;
import org.xgradient.data.Dataset;
import org.xgradient.data.Provenance;
import org.xgradient.data.Subset;
import org.xgradient.data.Task;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.UsualTraining;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.table.TableModel;

/**
 * The training of a network on a table, from its first or a saved step to the model directory.
 *
 * @param options which table
 * @param table the rows, and which of them are for what
 * @param network what is trained
 * @param hidden the widths of its hidden layers
 * @param objective what it makes small
 * @param masked the columns that a prior keeps it from, perhaps none
 * @param promise how the weight of the prior is found, and what it must keep
 * @param fitting how
 * @param bias whether the network has biases, and so whether Integrated Gradients must explain it
 * @param seed the seed of all that is drawn
 * @param page where the page goes; empty for none
 * @param groups the columns that the page shows groups of, perhaps none
 */
record TableTraining(
    TableOptions options,
    PreparedTable table,
    Network network,
    List<Integer> hidden,
    Objective objective,
    List<String> masked,
    PromiseOptions promise,
    FittingOptions fitting,
    boolean bias,
    long seed,
    Optional<Path> page,
    List<String> groups)
    implements PlannedTraining {

  @Override
  public String data() {
    return options.fileName();
  }

  @Override
  public UsualTraining usual() {
    return UsualTraining.of(objective, table.epoch().length());
  }

  @Override
  public Provenance describe(Provenance provenance) {
    return options
        .describe(provenance)
        .with("task", task())
        .with("network", network.name() + ", hidden layers " + hidden);
  }

  private Task task() {
    return table.labels().task();
  }

  @Override
  public ImmutableList<ReportTable> run(
      Path out, UnfinishedTraining unfinished, boolean resume, Provenance provenance)
      throws IOException {
    training().check();
    groups.forEach(name -> GroupTables.checkThere(name, table.preprocessing().groups().columns()));
    PartClasses.requireBoth(
        table.dataset(),
        table.split(),
        table.labels().classes(),
        part -> options.rows().moreClasses(part));
    TrainingOptions training =
        fitting.training(task(), usual(), table.epoch().length()).withSeed(seed);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, seed);
      Trainer trainer = Trainer.of(model, objective, fitting.optimizer(usual()));
      unfinished.begin();
      var fit = new Fitting(training, fitting.checkpointEvery(), unfinished, resume);
      PriorTraining byPrior = training();
      Optional<PriorOutcome> prior = byPrior.search(trainer, fit, training);
      TrainingResult result =
          prior.map(PriorOutcome::training).orElseGet(() -> byPrior.fit(trainer, fit));
      ImmutableList<ReportTable> priorTables =
          prior.map(found -> byPrior.tables(found, model)).orElse(ImmutableList.of());
      prior.ifPresent(found -> byPrior.checkPromise(found, priorTables));
      PartScore judged = score(model, table.split().validation());
      PartScore score = score(model, table.split().test());
      if (!bias && task() != Task.REGRESSION) {
        ClassShares.of(table.dataset().outputs(), rows(table.epoch()))
            .warning(model, rows(table.split().validation()), besidesBiases())
            .ifPresent(sentence -> System.err.println("warning: " + sentence));
      }
      Provenance facts =
          score.in(
              provenance
                  .with("best epoch", result.bestEpoch() + 1)
                  .with("lambda found", prior.flatMap(PriorOutcome::lambda).orElse("none")),
              "test " + ModelMetric.of(task()).name());
      unfinished.checkUntouched();
      TableModel.write(out, model, explanation(), table.preprocessing(), table.labels(), facts);
      if (page.isPresent()) {
        page(model).of(result, prior, priorTables, facts).write(page.get());
      }
      // Last: until all is there, --resume makes it.
      unfinished.delete();
      return ImmutableList.<ReportTable>builder()
          .addAll(priorTables)
          .add(ModelSummary.of(task(), table.split(), result, judged, score, Optional.empty()))
          .build();
    }
  }

  private TrainingPage page(NetworkModel model) {
    return new TrainingPage(
        model,
        explanation(),
        TrainedRows.of(table, options.cells(), options.schema()),
        ModelMetric.of(task()).name(),
        fitting.judge(task(), objective),
        masked,
        groups,
        seed);
  }

  /** A prior by the usual method is none for networks with biases. */
  private String besidesBiases() {
    return objective.priors().stream()
            .anyMatch(
                prior ->
                    prior instanceof AttributionPrior byMethod
                        && byMethod.method() instanceof XGradient)
        ? " and --method ig"
        : "";
  }

  private AttributionMethod explanation() {
    return bias ? IntegratedGradients.withDefaults() : new XGradient();
  }

  private PriorTraining training() {
    return new PriorTraining(
        promise,
        masked,
        table.dataset().groups(),
        explanation(),
        ModelMetric.of(task()).name(),
        rows(table.epoch()),
        rows(table.split().validation()),
        rows(table.split().test()),
        unit(),
        seed);
  }

  /** What one of the output is, in the unit of the label. */
  private double unit() {
    return task() == Task.REGRESSION ? table.labels().restore(1) - table.labels().restore(0) : 1;
  }

  /** Of some rows, if there are any. */
  private PartScore score(NetworkModel model, ImmutableIntArray rows) {
    return PartScore.of(model, rows(rows), ModelMetric.of(task()));
  }

  private Dataset rows(ImmutableIntArray numbers) {
    return new Subset(table.dataset(), numbers);
  }
}
