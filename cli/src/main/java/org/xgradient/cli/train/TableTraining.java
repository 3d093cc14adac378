package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
import org.xgradient.training.PriorMeasurements;
import org.xgradient.training.PriorReport;
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
    if (table.split().validation().isEmpty()) {
      promise.checkNotSearched();
    }
    groups.forEach(name -> GroupTables.checkThere(name, table.preprocessing().groups().columns()));
    checkClasses("validation", table.split().validation());
    checkClasses("test", table.split().test());
    TrainingOptions training =
        fitting.training(task(), usual(), table.epoch().length()).withSeed(seed);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, seed);
      Trainer trainer = Trainer.of(model, objective, fitting.optimizer(usual()));
      unfinished.begin();
      var fit = new Fitting(training, fitting.checkpointEvery(), unfinished, resume);
      Optional<PriorOutcome> prior = search(trainer, fit, training);
      TrainingResult result =
          prior.map(found -> found.path().best().training()).orElseGet(() -> fit(trainer, fit));
      prior.ifPresent(this::checkPromise);
      OptionalDouble judged = score(model, table.split().validation());
      OptionalDouble score = score(model, table.split().test());
      Provenance facts =
          scored(
              provenance
                  .with("best epoch", result.bestEpoch())
                  .with("lambda found", prior.map(PriorOutcome::lambda).orElse("none")),
              score);
      TableModel.write(out, model, explanation(), table.preprocessing(), table.labels(), facts);
      ImmutableList<ReportTable> priorTables =
          prior.map(found -> tables(found, model)).orElse(ImmutableList.of());
      if (page.isPresent()) {
        page(model).of(result, prior, priorTables, facts).write(page.get());
      }
      // Last: until all is there, --resume makes it.
      unfinished.delete();
      return ImmutableList.<ReportTable>builder()
          .addAll(priorTables)
          .add(summary(result, judged, score))
          .build();
    }
  }

  private TrainingPage page(NetworkModel model) {
    return new TrainingPage(
        model,
        explanation(),
        table,
        options.cells(),
        options.schema(),
        metricName(task()),
        masked,
        groups,
        seed);
  }

  private AttributionMethod explanation() {
    return bias ? IntegratedGradients.withDefaults() : new XGradient();
  }

  /** Finds the weight of the prior, if there is one and rows to judge it by. */
  private Optional<PriorOutcome> search(Trainer trainer, Fitting fit, TrainingOptions training) {
    if (table.split().validation().isEmpty() && promise.lambda().isPresent()) {
      return Optional.empty();
    }
    Dataset train = rows(table.epoch());
    Dataset judges = rows(table.split().validation());
    if (table.split().test().isEmpty()) {
      return promise
          .search(trainer)
          .map(search -> new PriorOutcome(fit.search(search, point -> {}, train, judges)));
    }
    var figures =
        new PriorMeasurements(
            trainer, rows(table.split().test()), table.dataset().groups(), explanation(), training);
    return promise
        .search(trainer)
        .map(search -> fit.search(search, figures, train, judges))
        .map(path -> new PriorOutcome(path, Optional.of(figures.report(path))));
  }

  private TrainingResult fit(Trainer trainer, Fitting fit) {
    Dataset train = rows(table.epoch());
    return table.split().validation().isEmpty()
        ? fit.run(promise.weighted(trainer), train)
        : fit.run(trainer, train, rows(table.split().validation()));
  }

  /** Says what is not kept; with --strict-prior, no model is written. */
  private void checkPromise(PriorOutcome prior) {
    List<String> broken = prior.report().map(PriorReport::broken).orElse(ImmutableList.of());
    if (!broken.isEmpty() && promise.strict()) {
      throw new DataException("the prior does not keep its promise: " + String.join("; ", broken));
    }
    broken.forEach(sentence -> System.err.println("warning: " + sentence));
  }

  private ImmutableList<ReportTable> tables(PriorOutcome prior, NetworkModel model) {
    ImmutableList.Builder<ReportTable> tables = ImmutableList.builder();
    tables.add(PathTable.of(prior.path(), "columns"));
    prior.report().ifPresent(report -> tables.add(PromiseTable.of(report, metricName(task()))));
    boolean othersThere = table.dataset().groups().columns().size() > masked.size();
    if (prior.report().isPresent() && !masked.isEmpty() && othersThere) {
      FloatArray rows = rows(table.split().test()).all().inputs();
      tables.add(
          PromiseTable.proxies(
              rows, Predictor.of(model).logits(rows), table.dataset().groups(), masked));
    }
    return tables.build();
  }

  /** Of some rows, if there are any. */
  private OptionalDouble score(NetworkModel model, ImmutableIntArray rows) {
    return rows.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Predictor.of(model).evaluate(rows(rows), ModelMetric.of(task())));
  }

  private Provenance scored(Provenance provenance, OptionalDouble score) {
    return score.isPresent()
        ? provenance.with("test " + metricName(task()), score.getAsDouble())
        : provenance;
  }

  /** What judges epochs and the model needs both classes; better said now than afterwards. */
  private void checkClasses(String part, ImmutableIntArray rows) {
    if (task() != Task.BINARY || rows.isEmpty()) {
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

  private ReportTable summary(TrainingResult result, OptionalDouble judged, OptionalDouble score) {
    String metric = metricName(table.labels().task());
    return ReportTable.titled("")
        .text("")
        .number("rows", metric)
        .row("training", count(table.split().train()), "")
        .row("validation", count(table.split().validation()), shown(judged))
        .row("test", count(table.split().test()), shown(score))
        .footnote(
            "Best epoch: %d of %d.".formatted(result.bestEpoch() + 1, result.history().size()))
        .build();
  }

  private static String shown(OptionalDouble score) {
    return score.isPresent() ? Numbers.significant(score.getAsDouble(), 4) : "";
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
