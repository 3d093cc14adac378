package org.xgradient.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xgradient.cli.foreign.ForeignPrediction;
import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.image.ImageInput;
import org.xgradient.cli.image.ImagePrediction;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.cli.option.InputOptions;
import org.xgradient.cli.option.ModelOptions;
import org.xgradient.cli.option.RowsOutput;
import org.xgradient.cli.option.SpreadsheetOption;
import org.xgradient.cli.option.TextOptions;
import org.xgradient.cli.text.ReadTexts;
import org.xgradient.cli.text.TextPrediction;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.data.text.TextClasses;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.text.TextModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xgradient predict}. */
@Command(
    name = "predict",
    description =
        "Predict the rows of a table, or the classes of images or texts; table and images may be"
            + " larger than memory.",
    sortOptions = false)
public final class PredictCommand implements Callable<Integer> {

  private static final String TOP = "--top";

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions models;
  @Mixin private InputOptions input;
  @Mixin private SavedModelOptions foreign;
  @Mixin private TableReading columns;
  @Mixin private TextOptions texts;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.csv",
      description =
          "Where to write a row for each row or image; for a table also compressed (.gz), or - for the"
              + " standard output. Rows are numbered from 1, the header not counted.")
  private Path out;

  @Option(
      names = TOP,
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Classes named for each image, the most probable ones (default: ${DEFAULT-VALUE}).")
  private int top;

  @Mixin private KeptColumns kept;
  @Mixin private SpreadsheetOption spreadsheet;

  @SuppressWarnings("NullAway.Init")
  PredictCommand() {}

  @Override
  public Integer call() throws IOException {
    if (texts.isGiven()) {
      predictTexts();
    } else if (input.isImages()) {
      predictImages();
    } else if (ModelDirectory.exists(models.table())) {
      InputKind.TABLE.unfit(spec).and(TOP).refuse();
      foreign.requireNone();
      columns.requireNone();
      try (TableModel model = TableModel.load(models.table())) {
        new TablePrediction(model, input.rows(), kept, spreadsheet.formulas())
            .write(input.table(), out);
      }
    } else {
      predictSavedModel();
    }
    return 0;
  }

  private void predictSavedModel() throws IOException {
    InputKind.FOREIGN.unfit(spec).and(TOP).refuse();
    try (LoadedModel model = foreign.load(models.table())) {
      new ForeignPrediction(
              model,
              columns.as(input.rows().plainReader(), input.rows().decimal()),
              kept.names(),
              spreadsheet.formulas())
          .write(input.table(), out);
    }
  }

  private void predictTexts() throws IOException {
    InputKind.TEXTS.unfit(spec).and(TOP).refuse();
    try (TextModel model = TextModel.load(models.text())) {
      TextClasses classes = model.info().classes();
      LabelledTexts given =
          texts.read(input.data(), input.rows().texts(), Optional.empty(), classes);
      classes.firstUnknown(given).ifPresent(unknown -> ConsoleProgress.note("note: %s", unknown));
      ReadTexts read = ReadTexts.of(model, given);
      new TextPrediction(model, spreadsheet.formulas()).write(read, out);
      ConsoleProgress.note("Predicted %s", Numbers.count(read.encoded().size(), "text"));
    }
  }

  private void predictImages() throws IOException {
    InputKind.IMAGES.unfit(spec).refuse();
    if (models.areOurs()) {
      SavedModelOptions.refuseForOurImages(spec);
    }
    ImageInput images = input.images();
    try (ImageModel model = models.image(foreign::load).open();
        ProgressReporter progress = ConsoleProgress.open()) {
      ImageInput.Found found =
          new ImagePrediction(model, top)
              .write(
                  images,
                  (header, rows) -> RowsOutput.write(out, spreadsheet.formulas(), header, rows),
                  progress);
      ConsoleProgress.note(
          "Predicted %s%s",
          Numbers.count(found.files().size(), "image"), ImageInput.leftOut(found.skipped()));
    }
  }
}
