package org.xgradient.cli.explain;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xgradient.cli.foreign.ForeignAttribution;
import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.image.ImageInput;
import org.xgradient.cli.image.ImageJob;
import org.xgradient.cli.image.ImageModelSource;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.BaselineOption;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.cli.option.DialectOptions;
import org.xgradient.cli.option.InputOptions;
import org.xgradient.cli.option.ModelOptions;
import org.xgradient.cli.option.ReportOption;
import org.xgradient.cli.option.SpreadsheetOption;
import org.xgradient.cli.option.TextOptions;
import org.xgradient.cli.page.Explained;
import org.xgradient.cli.text.ReadTexts;
import org.xgradient.cli.text.TextExplainer;
import org.xgradient.cli.text.TextJob;
import org.xgradient.data.DataException;
import org.xgradient.data.Provenance;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.data.text.TextClasses;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.TextTable;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.text.TextModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xgradient attribute}. */
@Command(
    name = "attribute",
    description = {
      "Explain the predictions of the rows of a table: what each column adds to the output; what"
          + " models see in images: top classes, heat maps and completeness errors; or what each"
          + " word of a text adds.",
      "Table and folder may be larger than memory."
    },
    sortOptions = false)
public final class AttributeCommand implements Callable<Integer> {

  private static final String PROBABILITY = "--probability";
  private static final String PER_FEATURE = "--per-feature";
  private static final String NO_REPORT = "--no-report";
  private static final String LABEL = "--label";

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions models;
  @Mixin private InputOptions input;
  @Mixin private SavedModelOptions foreign;
  @Mixin private TableReading columns;
  @Mixin private BaselineOption baseline;
  @Mixin private TextOptions texts;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description =
          "For a table: file (.csv, also .csv.gz, or - for the standard output) with a row for each row. For images and texts: directory with a page that"
              + " shows them, PNG files of images and tables of the numbers.")
  private Path out;

  @Mixin private AttributionOptions attribution;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description =
          "For a table or texts: whose logit is explained: a class, predicted (of each row or text) or,"
              + " for a table, all (a row for each). Default: for texts predicted; for a table the"
              + " second of two classes, so that all signs speak of the same, or the predicted one of"
              + " several. Numbers are explained in the label's own unit. For a SavedModel of others:"
              + " places of its output, such as 2 or *,0.")
  private Optional<String> target = Optional.empty();

  @Option(
      names = LABEL,
      paramLabel = "COLUMN",
      description =
          "For texts of a table: the column of their labels, which the page holds predictions"
              + " against.")
  private Optional<String> label = Optional.empty();

  @Option(
      names = PROBABILITY,
      description =
          "For a table: explain the probability of the class instead of its logit. Takes Integrated or"
              + " Expected Gradients, for no probability is homogeneous.")
  private boolean probability;

  @Mixin private KeptColumns kept;
  @Mixin private SpreadsheetOption spreadsheet;

  @Option(
      names = PER_FEATURE,
      description =
          "For a table: a column for each feature that the network sees, instead of sums over the"
              + " columns of the table.")
  private boolean perFeature;

  @Mixin private BatchOptions batches;

  @Mixin private PictureOptions pictures;
  @Mixin private ReportOption report;

  @SuppressWarnings("NullAway.Init")
  AttributeCommand() {}

  @Override
  public Integer call() throws IOException {
    attribution.refuseIdleToExplain(spec);
    if (texts.isGiven()) {
      attributeTexts();
    } else if (input.isImages()) {
      attributeImages(models.images(foreign::load));
    } else if (ModelDirectory.exists(models.table())) {
      InputKind.TABLE.unfit(spec).and(LABEL).refuse();
      foreign.requireNone();
      columns.requireNone();
      Optional<Path> page = report.page(out);
      try (TableModel model = TableModel.load(models.table(), batches.session())) {
        var explained = Explained.of(model.labels(), target, probability);
        new TableAttribution(
                model,
                attribution,
                baseline,
                input.rows(),
                kept,
                spreadsheet.formulas(),
                explained,
                perFeature,
                batches.rows(attribution.ofTable(), model.preprocessing().encodings().size()))
            .write(input.table(), out, page);
      }
      page.ifPresent(file -> System.out.println("Report: " + file));
    } else {
      attributeSavedModel();
    }
    return 0;
  }

  private void attributeSavedModel() throws IOException {
    InputKind.FOREIGN.unfit(spec).and(PROBABILITY, LABEL).refuse();
    Optional<Path> page = report.page(out);
    try (LoadedModel model = foreign.load(models.table())) {
      model.notes().forEach(note -> ConsoleProgress.note("note: %s", note));
      new ForeignAttribution(
              model,
              attribution,
              baseline,
              columns.as(input.rows().plainReader(), input.rows().decimal()),
              kept.names(),
              spreadsheet.formulas(),
              target,
              perFeature)
          .write(input.table(), out, page);
    }
  }

  private void attributeTexts() throws IOException {
    InputKind.TEXTS
        .unfit(spec)
        .and(PROBABILITY, PER_FEATURE, NO_REPORT, "--references", "--draws")
        .refuse();
    requireDirectory();
    try (TextModel model = TextModel.load(models.text())) {
      TextClasses classes = model.info().classes();
      LabelledTexts given = texts.read(input.data(), input.rows().texts(), label, classes);
      if (given.labels().isPresent()) {
        // By labels of something else, every prediction would count as wrong.
        classes
            .firstUnknown(given)
            .ifPresent(
                unknown -> {
                  throw new DataException(
                      unknown
                          + (input.data().isPresent()
                              ? ", or leave --label out"
                              : ", or take the lines whole with --lines none"));
                });
      }
      ReadTexts read = ReadTexts.of(model, given);
      var explained = new TextExplainer(model, attribution, target).explain(read);
      var provenance =
          texts.describe(
              Provenance.ofThisProcess()
                  .with("TensorFlow", NativeTensorFlow.version())
                  .with("explained by", explained.method())
                  .with("model", models.text().getFileName()),
              input.data());
      TextJob job =
          new TextJob(explained.texts(), read.texts().unit(), provenance, spreadsheet.formulas());
      System.out.println(TextTable.plain(job.write(out)));
      System.out.println(explained.summary());
      System.out.println("Report:  " + out.resolve(TextJob.PAGE));
      System.out.println("Numbers: " + out.resolve(TextJob.WORDS));
    }
  }

  private void requireDirectory() {
    if (DialectOptions.isStandard(out)) {
      throw new IllegalArgumentException(
          "--out must name a directory for texts and images, of which there is a page and tables,"
              + " found -");
    }
  }

  private void attributeImages(ImmutableList<ImageModelSource> sources) throws IOException {
    InputKind.IMAGES
        .unfit(spec)
        .and("--target", PROBABILITY, PER_FEATURE, NO_REPORT, LABEL)
        .refuse();
    requireDirectory();
    if (models.areOurs()) {
      SavedModelOptions.refuseForOurImages(spec);
    }
    ImageInput images = input.images();
    ImageJob job =
        new ImageJob(sources, attribution.ofImages(images), attribution.runs(), pictures.style());
    ImageJob.Summary summary;
    try (ProgressReporter progress = ConsoleProgress.open()) {
      summary = job.run(images, out, spreadsheet.formulas(), progress);
    }
    System.out.println(TextTable.plain(summary.table()));
    System.out.printf(
        "Explained %s%s%n",
        Numbers.count(summary.images(), "image"), ImageInput.leftOut(summary.skipped()));
    System.out.println("Report:  " + out.resolve(ImageJob.PAGE));
    System.out.println("Numbers: " + out.resolve(ImageJob.NUMBERS));
  }
}
