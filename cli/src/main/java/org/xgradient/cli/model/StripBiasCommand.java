package org.xgradient.cli.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.foreign.ForeignExamples;
import org.xgradient.cli.foreign.ForeignLabels;
import org.xgradient.cli.foreign.ForeignPage;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.option.ReportOption;
import org.xgradient.cli.option.TextOptions;
import org.xgradient.cli.option.UnfitOptions;
import org.xgradient.cli.text.ReadTexts;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.data.text.TextReader;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.homogeneity.BiasRemoval;
import org.xgradient.graph.homogeneity.StrippedModel;
import org.xgradient.graph.homogeneity.StrippedModel.Removed;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.TextTable;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.model.ModelExport;
import org.xgradient.training.model.ModelKind;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.text.TextModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xgradient strip-bias}. */
@Command(
    name = "strip-bias",
    description = {
      "Remove every constant that a trained model adds, so that X-Gradient is exact for it.",
      "Another function comes out: look at the change of the outputs, and train it some more."
    },
    sortOptions = false)
public final class StripBiasCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Directory of a model of xgradient's, or any SavedModel.")
  private Path model;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model without biases.")
  private Path out;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description =
          "Rows of a table on which to measure the change (default: 64 rows of standard normal"
              + " features; 4 such images for a model of images).")
  private @Nullable Path data;

  @Mixin private SafeLoading loading;
  @Mixin private TableReading columns;
  @Mixin private TextOptions texts;
  @Mixin private ReportOption report;

  private static final String WITH_BIASES = ", with biases";

  /** How many, of a model that decides for classes. */
  private static final String DECISIONS = "; %s of the decisions stay";

  private static final String SAVED_MODEL = "saved_model.pb";
  private static final int NORMAL_ROWS = 64;
  private static final int NORMAL_IMAGES = 4;

  @SuppressWarnings("NullAway.Init")
  StripBiasCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!ModelDirectory.exists(model)) {
      unfitTexts().refuse();
      stripSavedModel();
      System.out.println("Model: " + out);
      return 0;
    }
    columns.requireNone();
    if (ModelDirectory.kind(model) != ModelKind.TEXT) {
      unfitTexts().refuse();
    }
    if (ModelDirectory.kind(model) == ModelKind.IMAGE) {
      stripImageModel();
    } else if (ModelDirectory.kind(model) == ModelKind.TEXT) {
      stripTextModel();
    } else {
      stripTableModel();
    }
    System.out.println("Model: " + out);
    return 0;
  }

  /** What was measured holds for the model that had its biases. */
  private static Provenance stripped(Provenance before, int removed) {
    Provenance after = new Provenance(ImmutableMap.of());
    for (Map.Entry<String, String> fact : before.facts().entrySet()) {
      String name = fact.getKey();
      boolean measured = name.startsWith("test ") && !name.endsWith(WITH_BIASES);
      after = after.with(measured ? name + WITH_BIASES : name, fact.getValue());
    }
    return after.with("biases removed", removed);
  }

  private UnfitOptions unfitTexts() {
    return UnfitOptions.of(spec, "a model of something else than texts").allOf(TextOptions.class);
  }

  private void stripTableModel() throws IOException {
    Optional<Path> page = report.page(out);
    try (TableModel loaded = TableModel.load(model)) {
      FloatArray rows = rows(loaded);
      FloatArray before = Predictor.of(loaded).logits(rows);
      StrippedModel stripped = BiasRemoval.strip(loaded, rows);
      Provenance provenance = stripped(loaded.provenance(), stripped.removed().size());
      TableModel.write(
          out, stripped, new XGradient(), loaded.preprocessing(), loaded.labels(), provenance);
      boolean number = loaded.labels().task() == Task.REGRESSION;
      print(stripped, number ? ", in standard deviations of the label" : DECISIONS);
      if (page.isPresent()) {
        new StripBiasPage(
                stripped,
                names(loaded.labels()),
                !number,
                true,
                fileName(),
                restored(loaded.labels(), before),
                restored(loaded.labels(), Predictor.of(stripped).logits(rows)),
                provenance)
            .page()
            .write(page.get());
        System.out.println("Report: " + page.get());
      }
    }
  }

  private void stripImageModel() throws IOException {
    checkNoData();
    try (ImageModel loaded = ImageModel.load(model)) {
      StrippedModel stripped =
          BiasRemoval.strip(loaded, normalRows(loaded.model().inputShape(), NORMAL_IMAGES));
      Provenance provenance = stripped(loaded.info().provenance(), stripped.removed().size());
      ImageModel.write(
          out, stripped, new XGradient(), loaded.info().withoutBiases().withProvenance(provenance));
      print(stripped, DECISIONS);
    }
  }

  private void stripTextModel() throws IOException {
    if (!texts.isGiven()) {
      throw new IllegalArgumentException(
          "how much a model of texts changes is measured on texts; give some with --text FILE");
    }
    try (TextModel loaded = TextModel.load(model);
        TextModel stripped = loaded.withoutBiases()) {
      if (!loaded.info().network().biases()) {
        throw new IllegalArgumentException(model + " has no biases; use it as it is");
      }
      ReadTexts read =
          ReadTexts.of(
              loaded,
              texts.read(
                  Optional.ofNullable(data),
                  TextReader.withDefaults(),
                  Optional.empty(),
                  loaded.info().classes()));
      int removed = loaded.model().parameters().size() - stripped.model().parameters().size();
      var change =
          StrippedModel.Change.of(
              loaded.predict(read.encoded()).logits(), stripped.predict(read.encoded()).logits());
      TextModel.write(
          out,
          stripped.model(),
          new XGradient(),
          stripped.info().withProvenance(stripped(loaded.info().provenance(), removed)));
      System.out.printf("Removed the biases of %d layers.%n", removed);
      print(change, DECISIONS);
    }
  }

  private void checkNoData() {
    if (data != null) {
      throw new IllegalArgumentException(
          "--data goes with a model of a table, which says what the columns mean, or a SavedModel of"
              + " others; leave it out for images");
    }
  }

  private void stripSavedModel() throws IOException {
    Optional<Path> page = report.page(out);
    try (LoadedModel loaded = loading.load(model)) {
      loaded.notes().forEach(note -> System.out.println("note: " + note));
      FloatArray rows = rows(loaded);
      FloatArray before = Predictor.of(loaded).logits(rows);
      StrippedModel stripped = BiasRemoval.strip(loaded, rows);
      boolean number = ForeignLabels.looks(loaded.output()) == Task.REGRESSION;
      new ModelExport(loaded.withModel(stripped.model()), new XGradient(), false).write(out);
      print(stripped, number ? "" : DECISIONS);
      if (page.isPresent()) {
        new StripBiasPage(
                stripped,
                ForeignPage.outputs(loaded.output()),
                !number,
                false,
                fileName(),
                before,
                Predictor.of(stripped).logits(rows),
                ofOthers(stripped.removed().size()))
            .page()
            .write(page.get());
        System.out.println("Report: " + page.get());
      }
    }
  }

  private Provenance ofOthers(int removed) {
    Provenance known =
        Provenance.ofThisProcess()
            .with("TensorFlow", NativeTensorFlow.version())
            .with("model", String.valueOf(model.getFileName()))
            .with("model SHA-256", Checksums.sha256(model.resolve(SAVED_MODEL)));
    Provenance measured =
        data == null
            ? known
            : known
                .with("data", String.valueOf(data.getFileName()))
                .with("data SHA-256", Checksums.sha256(data));
    return measured.with("biases removed", removed);
  }

  private Optional<String> fileName() {
    return Optional.ofNullable(data).map(file -> String.valueOf(file.getFileName()));
  }

  private static ImmutableList<String> names(LabelEncoding labels) {
    return switch (labels.task()) {
      case REGRESSION -> ImmutableList.of(labels.column());
      case BINARY -> ImmutableList.of("Log-odds of " + labels.classes().get(1));
      case MULTICLASS ->
          labels.classes().stream()
              .map(name -> "Logit of " + name)
              .collect(ImmutableList.toImmutableList());
    };
  }

  /** In the unit of the label. */
  private static FloatArray restored(LabelEncoding labels, FloatArray outputs) {
    if (labels.task() != Task.REGRESSION) {
      return outputs;
    }
    float[] restored = new float[outputs.size()];
    for (int i = 0; i < restored.length; i++) {
      restored[i] = (float) labels.restore(outputs.values()[i]);
    }
    return FloatArray.of(restored, outputs.shape().toArray());
  }

  private static FloatArray normalRows(ImmutableIntArray rowShape, int rows) {
    int[] shape = ImmutableIntArray.builder().add(rows).addAll(rowShape).build().toArray();
    FloatArray normal = FloatArray.zeros(shape);
    DataRandom random = new DataRandom(0);
    for (int i = 0; i < normal.size(); i++) {
      normal.values()[i] = (float) random.nextGaussian();
    }
    return normal;
  }

  private static void print(StrippedModel stripped, String ending) {
    if (stripped.removed().isEmpty()) {
      System.out.println("There was nothing to remove: no operation adds a constant.");
      return;
    }
    System.out.println(TextTable.plain(removed(stripped)));
    double largest = 0;
    for (float output : stripped.outputsAtZero().values()) {
      largest = Math.max(largest, Math.abs(output));
    }
    System.out.printf(
        "Largest output at zero inputs before: %s; after: 0%n", Numbers.significant(largest, 3));
    print(stripped.change(), ending);
  }

  private static void print(StrippedModel.Change change, String ending) {
    System.out.printf(
        "Outputs changed by %s (root mean square) beside %s before%s.%n",
        Numbers.significant(change.difference(), 3),
        Numbers.significant(change.before(), 3),
        ending.formatted(Numbers.percent(change.sameDecision())));
  }

  private FloatArray rows(LoadedModel loaded) {
    int most = loaded.model().fixedBatch().orElse(NORMAL_ROWS);
    return data == null
        ? normalRows(loaded.model().inputShape(), most)
        : ForeignExamples.read(
                loaded,
                data,
                columns,
                Optional.empty(),
                loaded.model().fixedBatch().orElse(Integer.MAX_VALUE),
                0)
            .explained();
  }

  private FloatArray rows(TableModel loaded) {
    if (data == null) {
      return normalRows(loaded.model().inputShape(), NORMAL_ROWS);
    }
    return loaded
        .preprocessing()
        .transform(TableReader.withDefaults().read(data, loaded.preprocessing().schema()));
  }

  static ReportTable removed(StrippedModel stripped) {
    var builder =
        ReportTable.titled("Removed")
            .text("operation", "constant")
            .number("size", "activations", "ratio");
    for (Removed constant : stripped.removed()) {
      builder.row(
          constant.operation(),
          constant.constant(),
          Numbers.significant(constant.size(), 3),
          Numbers.significant(constant.activations(), 3),
          Numbers.significant(constant.relativeSize(), 3));
    }
    return builder.footnote("Sizes are root mean squares.").build();
  }
}
