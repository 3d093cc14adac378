package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.foreign.ForeignExamples;
import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.cli.train.report.GroupTables;
import org.xgradient.cli.train.report.ModelSummary;
import org.xgradient.cli.train.report.PartScore;
import org.xgradient.cli.train.report.PriorOutcome;
import org.xgradient.cli.train.report.TrainedRows;
import org.xgradient.cli.train.report.TrainingPage;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.Checksums;
import org.xgradient.data.Dataset;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Provenance;
import org.xgradient.data.Split;
import org.xgradient.data.Subset;
import org.xgradient.data.Task;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.UsualTraining;
import org.xgradient.training.model.ModelExport;
import org.xgradient.training.objective.Objective;

/**
 * The further training of a SavedModel of others on the rows of a table.
 *
 * @param model its directory
 * @param loading what is taken of it
 * @param file the table
 * @param reading how it is read
 * @param labels what the labels mean
 * @param dataset its rows, and the labels of them
 * @param groups which explained values are of which column
 * @param split which rows are for what
 * @param objective what the training makes small
 * @param masked the columns that a prior keeps the model from, perhaps none
 * @param promise how the weight of the prior is found, and what it must keep
 * @param fitting how
 * @param seed the seed of all that is drawn
 * @param page where the page goes, if there shall be one
 * @param shownGroups the columns to show groups of, perhaps none
 */
record FineTuning(
    Path model,
    SavedModelOptions loading,
    Path file,
    TableReading reading,
    LabelEncoding labels,
    InMemoryDataset dataset,
    ColumnGroups groups,
    Split split,
    Objective objective,
    ImmutableList<String> masked,
    PromiseOptions promise,
    FittingOptions fitting,
    long seed,
    Optional<Path> page,
    ImmutableList<String> shownGroups)
    implements PlannedTraining {

  /** What a SavedModel has, by which an earlier one is known. */
  private static final String MARKER = "saved_model.pb";

  @Override
  public String data() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public void checkWritable(Path out) throws IOException {
    AtomicFiles.checkDirectory(out, MARKER);
  }

  @Override
  public UsualTraining usual() {
    return UsualTraining.of(objective, split.train().length());
  }

  @Override
  public Provenance describe(Provenance provenance) {
    return provenance
        .with("values SHA-256", Checksums.sha256(dataset.inputs()))
        .with("labels SHA-256", Checksums.sha256(dataset.labels()))
        .with("label", labels.column())
        .with("task", dataset.task())
        .with("model SHA-256", Checksums.sha256(model.resolve(MARKER)))
        .with(
            "model options",
            loading.arguments().isEmpty() ? "none" : String.join(" ", loading.arguments()));
  }

  @Override
  public ImmutableList<ReportTable> run(
      Path out, UnfinishedTraining unfinished, boolean resume, Provenance provenance)
      throws IOException {
    PartClasses.requireBoth(dataset, split, labels.classes(), PartClasses::ofShare);
    shownGroups.forEach(name -> GroupTables.checkThere(name, groups.columns()));
    var training = fitting.training(dataset.task(), usual(), split.train().length()).withSeed(seed);
    try (LoadedModel loaded = loading.load(model)) {
      loaded.notes().forEach(note -> ConsoleProgress.note("note: %s", note));
      AttributionMethod method = method(loaded);
      var prior =
          new PriorTraining(
              promise,
              masked,
              groups,
              method,
              metric(),
              rows(split.train()),
              rows(split.validation()),
              rows(split.test()),
              1,
              seed);
      prior.check();
      Trainer trainer = Trainer.of(loaded, objective, fitting.optimizer(usual()));
      PartScore before = score(loaded, split.test());
      unfinished.begin();
      var fit = new Fitting(training, fitting.checkpointEvery(), unfinished, resume);
      Optional<PriorOutcome> outcome = prior.search(trainer, fit, training);
      TrainingResult result =
          outcome.map(PriorOutcome::training).orElseGet(() -> prior.fit(trainer, fit));
      ImmutableList<ReportTable> priorTables =
          outcome.map(found -> prior.tables(found, loaded)).orElse(ImmutableList.of());
      outcome.ifPresent(found -> prior.checkPromise(found, priorTables));
      PartScore score = score(loaded, split.test());
      unfinished.checkUntouched();
      new ModelExport(loaded, method, dataset.task() != Task.REGRESSION).write(out);
      if (page.isPresent()) {
        page(loaded, method, before)
            .of(result, outcome, priorTables, score.in(provenance, "test " + metric()))
            .write(page.get());
      }
      ImmutableList.Builder<ReportTable> tables = ImmutableList.builder();
      tables.addAll(priorTables);
      tables.add(
          ModelSummary.of(
              dataset.task(),
              split,
              result,
              score(loaded, split.validation()),
              score,
              Optional.of(before)));
      unfinished.delete();
      return tables.build();
    }
  }

  private TrainingPage page(LoadedModel loaded, AttributionMethod method, PartScore before) {
    return new TrainingPage(
        loaded,
        method,
        TrainedRows.ofForeign(
            dataset,
            split,
            labels,
            groups,
            ForeignExamples.cells(loaded, file, reading, labels.column(), dataset.size()),
            new TrainedRows.Begun(String.valueOf(model.getFileName()), before)),
        metric(),
        fitting.judge(dataset.task(), objective),
        masked,
        shownGroups,
        seed);
  }

  private String metric() {
    return ModelMetric.of(dataset.task()).name();
  }

  private static AttributionMethod method(LoadedModel loaded) {
    return Homogeneity.of(loaded) instanceof Homogeneity.Proven proven && proven.degree() >= 1
        ? new XGradient()
        : IntegratedGradients.withDefaults();
  }

  private PartScore score(BoundModel of, ImmutableIntArray rows) {
    return PartScore.of(of, rows(rows), ModelMetric.of(dataset.task()));
  }

  private Dataset rows(ImmutableIntArray numbers) {
    return new Subset(dataset, numbers);
  }
}
