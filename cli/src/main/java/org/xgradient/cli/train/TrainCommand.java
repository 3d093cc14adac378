package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xgradient.cli.foreign.ForeignExamples;
import org.xgradient.cli.foreign.ForeignLabels;
import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.option.CsvOptions;
import org.xgradient.cli.option.DialectOptions;
import org.xgradient.cli.option.NetworkOptions;
import org.xgradient.cli.option.Outputs;
import org.xgradient.cli.option.PreprocessingOptions;
import org.xgradient.cli.option.ReportOption;
import org.xgradient.cli.option.TextOptions;
import org.xgradient.cli.option.UnfitOptions;
import org.xgradient.data.DataException;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Provenance;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.text.Names;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xgradient train}. */
@Command(
    name = "train",
    description = {
      "Train a network on a table, on images or on texts, with or without an attribution prior, and"
          + " export it.",
      "Until the model is written, the state of the training is kept in DIR"
          + UnfinishedTraining.SUFFIX
          + "; --resume goes on from there."
    },
    sortOptions = false)
public final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private TableOptions data;
  @Mixin private ImageOptions images;
  @Mixin private TextTrainingOptions texts;
  @Mixin private FineTuningOptions begun;
  @Mixin private SplitOptions split;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model.")
  private Path out;

  @Mixin private ObjectiveOptions objective;

  @Option(
      names = "--bias",
      description =
          "Give the network of a table or of texts biases. Without them it is an X-DNN: homogeneous, and explained exactly"
              + " by one gradient.")
  private boolean bias;

  @Option(
      names = "--hidden",
      split = ",",
      defaultValue = "512,128,32",
      paramLabel = "WIDTH",
      description = "Widths of the hidden layers for a table (default: ${DEFAULT-VALUE}).")
  private List<Integer> hidden;

  @Mixin private FittingOptions fitting;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of the split and of all that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--resume",
      description =
          "Go on with a training that was interrupted, given the same options; the result is that"
              + " of one that never was. More --epochs may be given.")
  private boolean resume;

  @Mixin private PageOptions page;

  @SuppressWarnings("NullAway.Init")
  TrainCommand() {}

  @Override
  @SuppressWarnings("try") // The lock is held, and asked nothing.
  public Integer call() throws IOException {
    objective.refuseIdle(spec);
    objective.checkBiases(bias, "leave --bias out");
    data.rows().refuseIdle(spec);
    fitting.refuseIdle(spec, split.hasValidation() || data.rows().isGiven());
    PlannedTraining training = training();
    Provenance plan = plan(training);
    ImmutableMap<String, String> epochs =
        ImmutableMap.of("epochs", Integer.toString(fitting.epochs(training.usual())));
    training.checkWritable(out);
    var unfinished = UnfinishedTraining.of(out, plan);
    if (resume && unfinished.isFinished(epochs)) {
      // It may have been killed while it deleted that.
      unfinished.delete();
      OptionsFile.write(out, spec.commandLine().getParseResult());
      System.out.println("Model: " + out + " (finished before; nothing to resume)");
      return 0;
    }
    boolean force = spec.commandLine().getParseResult().hasMatchedOption(Outputs.FORCE);
    OptionsFile.check(out, spec.commandLine().getParseResult(), force);
    ImmutableList<ReportTable> summary;
    try (TrainingLock alone = unfinished.lock()) {
      unfinished.check(resume, force);
      summary =
          training.run(
              out,
              unfinished,
              resume,
              Provenance.ofThisProcess()
                  .with("TensorFlow", NativeTensorFlow.version())
                  .with("data", training.data())
                  .withAll(plan)
                  .withAll(new Provenance(epochs)));
    } catch (PromiseOptions.BrokenException e) {
      throw new DataException(
          "%s; the training is kept in %s: write its model all the same by this command with --resume and without --strict-prior, or delete it"
              .formatted(e.getMessage(), unfinished.place()),
          e);
    }
    summary.forEach(table -> System.out.println(TextTable.plain(table)));
    Path options = OptionsFile.write(out, spec.commandLine().getParseResult());
    System.out.println(
        "Model: %s (trained alike by: train %s)".formatted(out, Names.argument("@" + options)));
    if (data.isGiven() && !texts.isGiven()) {
      page.page(out).ifPresent(file -> System.out.println("Report: " + file));
    }
    return 0;
  }

  /** What a training must have in common with one that it goes on with: not how long it takes. */
  private Provenance plan(PlannedTraining training) {
    Provenance plan =
        split.describe(training.describe(new Provenance(ImmutableMap.of()))).with("seed", seed);
    return fitting.describe(objective.describe(plan), training.usual());
  }

  private PlannedTraining training() throws IOException {
    if (texts.isGiven()) {
      UnfitOptions.of(spec, "texts")
          .allOf(ImageOptions.class, NetworkOptions.class, PreprocessingOptions.class)
          .allOf(AugmentationOptions.class, CsvOptions.class, TableOptions.class)
          .allOf(RowSplitOptions.class, PageOptions.class, ReportOption.class)
          .allOf(FineTuningOptions.class, SavedModelOptions.class, TableReading.class)
          .and(ObjectiveOptions.REGION)
          .butFor("--data", "--label")
          .refuse();
      if (!data.isGiven()) {
        UnfitOptions.of(spec, "lines of texts")
            .and("--delimiter", "--no-header", "--skip-lines")
            .refuse();
      }
      UnfitOptions.of(spec, "--text-network " + texts.kind()).and(texts.unfit()).refuse();
      return texts.plan(
          data.csv(),
          data.texts(),
          data.labelColumn(),
          bias,
          hidden,
          objective,
          fitting,
          split.split(seed),
          seed);
    }
    if (data.isGiven() == images.isGiven()) {
      throw new IllegalArgumentException(
          "give a table with --data FILE.csv, images with --images FOLDER, or texts with --text FILE;"
              + " found %s".formatted(data.isGiven() ? "both" : "neither"));
    }
    RandomSplit parts = split.split(seed);
    if (images.isGiven()) {
      if (bias) {
        throw new IllegalArgumentException(
            "--bias is for tables; for images --network names a network with biases, or one"
                + " without, by an x- before its name");
      }
      UnfitOptions.of(spec, "images")
          .allOf(CsvOptions.class, DialectOptions.class, TableOptions.class)
          .allOf(RowSplitOptions.class, PageOptions.class, ReportOption.class)
          .allOf(TextOptions.class, TextTrainingOptions.class)
          .allOf(FineTuningOptions.class, SavedModelOptions.class, TableReading.class)
          .and("--hidden", ObjectiveOptions.MASK_WORDS)
          .refuse();
      return images.plan(objective, fitting, parts, seed);
    }
    UnfitOptions.of(spec, "a table")
        .allOf(ImageOptions.class, NetworkOptions.class, PreprocessingOptions.class)
        .allOf(AugmentationOptions.class, TextOptions.class, TextTrainingOptions.class)
        .and(ObjectiveOptions.REGION, ObjectiveOptions.MASK_WORDS)
        .refuse();
    if (begun.isGiven()) {
      return fineTuning(parts);
    }
    begun.savedModel().requireNone();
    begun.columns().requireNone();
    PreparedTable table = data.read(parts);
    return new TableTraining(
        data,
        table,
        network(table),
        hidden,
        objective.objective(
            table.labels().task(), table.dataset().groups(), table.dataset().inputShape()),
        objective.masked(),
        objective.promise(),
        fitting,
        bias,
        seed,
        page.page(out),
        page.groups());
  }

  private FineTuning fineTuning(RandomSplit parts) throws IOException {
    UnfitOptions.of(spec, "--model")
        .allOf(CsvOptions.class, RowSplitOptions.class)
        .and("--hidden", "--bias", "--drop-unlabelled")
        .butFor("--data", "--decimal")
        .refuse();
    TableReading reading = begun.columns().as(data.plainReader(), data.decimal());
    String label =
        data.labelColumn()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there must be a column to predict; give it with --label COLUMN"));
    Path file = data.csv().orElseThrow();
    try (LoadedModel loaded = begun.savedModel().load(begun.model())) {
      ForeignLabels labels = ForeignLabels.of(loaded.output(), data.task());
      if (data.task().isEmpty()) {
        labels.note();
      }
      ForeignExamples examples =
          ForeignExamples.read(loaded, file, reading, Optional.of(label), Integer.MAX_VALUE, seed);
      InMemoryDataset dataset =
          InMemoryDataset.of(
              examples.explained(),
              labels.encode(examples.labels(), examples.rows().asList()),
              labels.task(),
              labels.outputs());
      return new FineTuning(
          begun.model(),
          begun.savedModel(),
          file,
          reading,
          labels.named(label, examples.labels()),
          dataset,
          examples.groups(),
          labels.split(parts, dataset.labels().values()),
          objective.objective(labels.task(), examples.groups(), dataset.inputShape()),
          ImmutableList.copyOf(objective.masked()),
          objective.promise(),
          fitting,
          seed,
          page.page(out),
          page.groups());
    }
  }

  private Network network(PreparedTable table) {
    Network regular =
        Networks.mlp(
            table.dataset().inputShape().get(0), table.dataset().outputs(), Ints.toArray(hidden));
    return bias ? regular : regular.withoutBiases();
  }
}
