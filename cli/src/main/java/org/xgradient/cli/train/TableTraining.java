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
import org.xgradient.data.DataException;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.Subset;
import org.xgradient.data.Task;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.PriorReport;
import org.xgradient.training.PriorTest;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.UsualTraining;
import org.xgradient.training.model.Predictor;
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
    long seed)
    implements PlannedTraining {

  @Override
  public String data() {
    return options.fileName();
  }

  @Override
  public UsualTraining usual() {
    return UsualTraining.of(objective, table.split().train().length());
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
    checkClasses("validation", table.split().validation());
    checkClasses("test", table.split().test());
    TrainingOptions training =
        fitting.training(task(), usual(), table.split().train().length()).withSeed(seed);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, seed);
      Trainer trainer = Trainer.of(model, objective, fitting.optimizer(usual()));
      unfinished.begin();
      Dataset test = rows(table.split().test());
      Dataset judges = rows(table.split().validation());
      var fit = new Fitting(training, fitting.checkpointEvery(), unfinished, resume);
      var figures =
          new PriorTest(trainer, test, table.dataset().groups(), explanation(), training);
      Optional<PriorReport> report =
          promise
              .search(trainer)
              .map(search -> fit.search(search, figures, rows(table.split().train()), judges))
              .map(figures::report);
      TrainingResult result =
          report
              .map(found -> found.path().best().training())
              .orElseGet(() -> fit.run(trainer, rows(table.split().train()), judges));
      checkPromise(report);
      double judged = Predictor.of(model).evaluate(judges, ModelMetric.of(task()));
      double score = Predictor.of(model).evaluate(test, ModelMetric.of(test.task()));
      TableModel.write(
          out,
          model,
          explanation(),
          table.preprocessing(),
          table.labels(),
          provenance
              .with("best epoch", result.bestEpoch())
              .with("lambda found", report.map(TableTraining::lambda).orElse("none"))
              .with("test " + metricName(test.task()), score));
      unfinished.delete();
      return ImmutableList.<ReportTable>builder()
          .addAll(report.map(found -> tables(found, model, test)).orElse(ImmutableList.of()))
          .add(summary(result, judged, score))
          .build();
    }
  }

  private static String lambda(PriorReport report) {
    return Double.toString(report.path().best().lambda());
  }

  private AttributionMethod explanation() {
    return bias ? IntegratedGradients.withDefaults() : new XGradient();
  }

  /** Says what is not kept; with --strict-prior, no model is written. */
  private void checkPromise(Optional<PriorReport> report) {
    List<String> broken = report.map(PriorReport::broken).orElse(ImmutableList.of());
    if (!broken.isEmpty() && promise.strict()) {
      throw new DataException("the prior does not keep its promise: " + String.join("; ", broken));
    }
    broken.forEach(sentence -> System.err.println("warning: " + sentence));
  }

  private ImmutableList<ReportTable> tables(
      PriorReport report, NetworkModel model, Dataset test) {
    ImmutableList.Builder<ReportTable> tables = ImmutableList.builder();
    tables.add(PathTable.of(report.path()), PromiseTable.of(report, metricName(task())));
    if (!masked.isEmpty() && table.dataset().groups().columns().size() > masked.size()) {
      FloatArray rows = test.all().inputs();
      tables.add(
          PromiseTable.proxies(
              rows, Predictor.of(model).logits(rows), table.dataset().groups(), masked));
    }
    return tables.build();
  }

  /** What judges epochs and the model needs both classes; better said now than afterwards. */
  private void checkClasses(String part, ImmutableIntArray rows) {
    if (task() != Task.BINARY) {
      return;
    }
    float[] labels = table.dataset().batch(rows.toArray()).labels().values();
    int ones = 0;
    for (float label : labels) {
      ones += (int) label;
    }
    if (ones == 0 || ones == labels.length) {
      throw new DataException(
          ("the %s rows must be of both classes for a ROC-AUC, found %d of \"%s\" and %d of \"%s\";"
                  + " take more rows of the rarer class, or a larger --%s share")
              .formatted(
                  part,
                  labels.length - ones,
                  table.labels().classes().get(0),
                  ones,
                  table.labels().classes().get(1),
                  part));
    }
  }

  private Dataset rows(ImmutableIntArray numbers) {
    return new Subset(table.dataset(), numbers);
  }

  private ReportTable summary(TrainingResult result, double judged, double score) {
    String metric = metricName(table.labels().task());
    return ReportTable.titled("")
        .text("")
        .number("rows", metric)
        .row("training", count(table.split().train()), "")
        .row(
            "validation",
            count(table.split().validation()),
            Numbers.significant(judged, 4))
        .row("test", count(table.split().test()), Numbers.significant(score, 4))
        .footnote(
            "Best epoch: %d of %d.".formatted(result.bestEpoch() + 1, result.history().size()))
        .build();
  }

  private static String count(ImmutableIntArray rows) {
    return Numbers.count(rows.length());
  }

  private static String metricName(Task kind) {
    return switch (kind) {
      case BINARY -> "ROC-AUC";
      case MULTICLASS -> "accuracy";
      case REGRESSION -> "R²";
    };
  }
}
