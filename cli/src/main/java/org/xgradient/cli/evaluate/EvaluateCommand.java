package org.xgradient.cli.evaluate;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xgradient.cli.foreign.ForeignLabels;
import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.BaselineOption;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.cli.option.DialectOptions;
import org.xgradient.cli.option.InputOptions;
import org.xgradient.cli.option.ModelOptions;
import org.xgradient.cli.option.NetworkOptions;
import org.xgradient.cli.option.PreprocessingOptions;
import org.xgradient.cli.option.ReportOption;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.cli.option.TextOptions;
import org.xgradient.cli.option.UnfitOptions;
import org.xgradient.data.Checksums;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.text.TextTable;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.text.TextModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xgradient evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Judge attribution methods on the labelled rows of a table, on images or on texts; the first of them is"
          + " what the others are compared with.",
      "Writes a report, the scores and the curves."
    },
    sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {

  private static final String OWN_CLASS = "--own-class";
  private static final String TASK = "--task";

  /** Enough for narrow intervals; images take seconds each. */
  private static final int ROWS = 1000;

  private static final int IMAGES = 16;

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions models;
  @Mixin private InputOptions input;
  @Mixin private SavedModelOptions foreign;
  @Mixin private TableReading columns;
  @Mixin private BaselineOption baseline;

  @Option(
      names = TASK,
      paramLabel = "TASK",
      description =
          "For a SavedModel of others: binary, multiclass or regression (default: binary behind a"
              + " sigmoid, multiclass with several outputs, else regression).")
  private Optional<Task> task = Optional.empty();

  @Mixin private TextOptions texts;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "Column of the label (default: the one that the model was trained on). For a SavedModel of"
              + " others it has the index of the class, from 0, or texts, which are the classes in"
              + " alphabetical order. The label of an image is the name of the folder that it is"
              + " in.")
  private Optional<String> label = Optional.empty();

  @Option(
      names = OWN_CLASS,
      description = "For images: take the class that the model predicts as the label.")
  private boolean ownClass;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  private Path out;

  @Option(
      names = "--metrics",
      split = ",",
      defaultValue = EvaluationMetric.ALL,
      paramLabel = "METRIC",
      description =
          "kpm, knm, kam, rpm, rnm, ram, insertion, deletion, completeness, infidelity,"
              + " sensitivity, sparsity, agreement, randomization or all (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows or images to draw, if there are more (default: 1000 rows, 16 images).")
  private Optional<Integer> rows = Optional.empty();

  @Mixin private AttributionOptions attribution;
  @Mixin private ReportOption report;

  @SuppressWarnings("NullAway.Init")
  EvaluateCommand() {}

  @Override
  public Integer call() throws IOException {
    rows.ifPresent(
        given -> checkArgument(given >= 2, "--rows must be at least 2, found %s", given));
    attribution.refuseIdleToCompare(spec);
    EvaluationFiles.checkWritable(out);
    Evaluation evaluation = evaluation();
    EvaluationFiles.write(out, evaluation, report.isWanted());
    System.out.println(TextTable.plain(EvaluationTables.model(evaluation)));
    System.out.println(TextTable.plain(EvaluationTables.scores(evaluation)));
    if (report.isWanted()) {
      System.out.println("Report: " + out.resolve(EvaluationFiles.REPORT));
    }
    return 0;
  }

  private Evaluation evaluation() {
    if (texts.isGiven()) {
      return ofTexts();
    }
    if (input.isImages()) {
      return ofImages();
    }
    UnfitOptions unfit =
        UnfitOptions.of(spec, "a table")
            .allOf(NetworkOptions.class, PreprocessingOptions.class, TextOptions.class)
            .and(OWN_CLASS, "--limit", "--strict");
    Path directory = models.table();
    if (Files.exists(directory) && !ModelDirectory.exists(directory)) {
      unfit.and("--tolerate").refuse();
      return ofForeign(directory);
    }
    unfit
        .allOf(SavedModelOptions.class, TableReading.class, BaselineOption.class)
        .and(TASK)
        .refuse();
    return ofTable();
  }

  private Evaluation ofForeign(Path directory) {
    checkArgument(
        label.isPresent(),
        "a SavedModel of others does not say what it predicts; name the column with --label COLUMN");
    try (LoadedModel model = foreign.load(directory);
        ProgressReporter progress = ConsoleProgress.open()) {
      model.notes().forEach(note -> ConsoleProgress.note("note: %s", note));
      ForeignLabels meaning = ForeignLabels.of(model.output(), task);
      if (task.isEmpty()) {
        meaning.note();
      }
      var comparison =
          new ForeignComparison(
              model,
              attribution,
              baseline,
              columns.as(input.rows().plainReader(), input.rows().decimal()),
              label.get(),
              meaning,
              rows.orElse(ROWS));
      return comparison.run(
          directory, input.table(), EvaluationMetric.parse(metrics, meaning.task()), progress);
    }
  }

  private Evaluation ofTable() {
    try (TableModel model = TableModel.load(models.table());
        ProgressReporter progress = ConsoleProgress.open()) {
      var measured = EvaluationMetric.parse(metrics, model.labels().task());
      return new TableComparison(model, attribution, input.rows(), label, rows.orElse(ROWS))
          .run(models.table(), input.table(), measured, progress);
    }
  }

  private Evaluation ofTexts() {
    UnfitOptions.of(spec, "texts")
        .allOf(NetworkOptions.class, PreprocessingOptions.class, RowOptions.class)
        .allOf(SavedModelOptions.class, TableReading.class, BaselineOption.class)
        .and(OWN_CLASS, TASK, "--limit", "--strict", "--delimiter", "--references", "--draws")
        .refuse();
    try (TextModel model = TextModel.load(models.text());
        ProgressReporter progress = ConsoleProgress.open()) {
      var measured = EvaluationMetric.parse(metrics, model.info().classes().task());
      if (metrics.stream().noneMatch(EvaluationMetric.ALL::equalsIgnoreCase)) {
        TextComparison.checkMeasured(measured);
      }
      var read = texts.readLabelled(input.data(), input.rows().texts(), label);
      return new TextComparison(model, attribution, rows.orElse(ROWS))
          .run(
              read,
              measured,
              progress,
              new Provenance(ImmutableMap.of())
                  .with("model", models.text())
                  .with("data", texts.file(input.data()).getFileName())
                  .with("data SHA-256", Checksums.sha256(texts.file(input.data()))));
    }
  }

  private Evaluation ofImages() {
    UnfitOptions.of(spec, "images")
        .allOf(DialectOptions.class, RowOptions.class, TextOptions.class)
        .allOf(TableReading.class, BaselineOption.class)
        .and("--label", TASK)
        .refuse();
    if (models.areOurs()) {
      SavedModelOptions.refuseForOurImages(spec);
    }
    var source = models.image(foreign::load);
    try (ImageModel model = source.open();
        ProgressReporter progress = ConsoleProgress.open()) {
      var comparison =
          new ImageComparison(source.name(), model, attribution, ownClass, rows.orElse(IMAGES));
      return comparison.run(
          input.images(), EvaluationMetric.parse(metrics, ImageComparison.TASK), progress);
    }
  }
}
