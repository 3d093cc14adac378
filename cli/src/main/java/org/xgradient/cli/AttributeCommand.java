package org.xgradient.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.cli.report.CsvFile;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.ProgressTask;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableChunks;
import org.xgradient.data.table.TableReader;
import org.xgradient.training.table.TableModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code xgradient attribute}. */
@Command(
    name = "attribute",
    description = {
      "Explain the predictions of the rows of a table: what each column adds to the output.",
      "The file may be larger than memory."
    },
    sortOptions = false)
final class AttributeCommand implements Callable<Integer> {

  @Mixin private ModelOnTable files;

  @Option(
      names = "--method",
      defaultValue = "auto",
      paramLabel = "METHOD",
      description = MethodOption.NAMES + " (default: ${DEFAULT-VALUE}).")
  private MethodOption method;

  @Option(
      names = "--steps",
      defaultValue = "" + IntegratedGradients.DEFAULT_STEPS,
      description = "Steps of Integrated Gradients (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--references",
      paramLabel = "FILE.csv",
      description = "Rows that Expected Gradients compares with.")
  private @Nullable Path references;

  @Option(
      names = "--draws",
      defaultValue = "200",
      paramLabel = "K",
      description = "References per row in Expected Gradients (default: ${DEFAULT-VALUE}).")
  private int draws;

  @Option(
      names = "--per-feature",
      description =
          "A column for each feature that the network sees, instead of sums over the columns of the"
              + " table.")
  private boolean perFeature;

  @Option(
      names = "--memory",
      defaultValue = "256",
      paramLabel = "MB",
      description = "Memory for the values of one run (default: ${DEFAULT-VALUE}).")
  private long megabytes;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of methods that draw at random (default: ${DEFAULT-VALUE}).")
  private long seed;

  private static final int ROWS_PER_CHUNK = 1024;

  @SuppressWarnings("NullAway.Init")
  AttributeCommand() {}

  @Override
  public Integer call() throws IOException {
    try (TableModel loaded = files.load();
        TableChunks chunks = files.open(loaded, ROWS_PER_CHUNK);
        ProgressReporter progress = ProgressReporter.forConsole();
        ProgressTask bar = progress.start("attributing", -1, "rows")) {
      CsvFile.write(
          files.out(),
          header(loaded),
          rows -> {
            Attributor attributor = null;
            long row = 0;
            while (chunks.hasNext()) {
              Table chunk = chunks.next();
              FloatArray features = loaded.preprocessing().transform(chunk);
              if (attributor == null) {
                attributor = loaded.attributor(method(loaded, features), options());
              }
              Attributions attributions = attributor.attribute(features);
              FloatArray shown = shown(loaded, attributions.values());
              for (int i = 0; i < chunk.rows(); i++) {
                rows.row(cells(++row, attributions, shown, i));
              }
              bar.advance(chunk.rows());
            }
          });
    }
    return 0;
  }

  private AttributorOptions options() {
    return AttributorOptions.withDefaults().withMemoryBudget(megabytes << 20).withSeed(seed);
  }

  /** The automatic choice is made on the first rows, and holds for all. */
  private AttributionMethod method(TableModel loaded, FloatArray firstRows) {
    if (method != MethodOption.AUTO) {
      return method.method(steps, draws, references(loaded));
    }
    return AutomaticMethod.choose(loaded, firstRows, options());
  }

  private Optional<ReferenceDistribution> references(TableModel loaded) {
    return Optional.ofNullable(references)
        .map(
            file -> {
              Table rows = TableReader.withDefaults().read(file, loaded.preprocessing().schema());
              return ReferenceDistribution.uniform(loaded.preprocessing().transform(rows));
            });
  }

  private List<String> header(TableModel loaded) {
    List<String> header = new ArrayList<>(List.of("row", "output", "baseline output"));
    ColumnGroups groups = loaded.preprocessing().groups();
    header.addAll(perFeature ? loaded.preprocessing().featureNames() : groups.columns());
    return header;
  }

  private FloatArray shown(TableModel loaded, FloatArray attributions) {
    return perFeature ? attributions : loaded.preprocessing().groups().sumByColumn(attributions);
  }

  private static List<Object> cells(
      long row, Attributions attributions, FloatArray shown, int index) {
    List<Object> cells = new ArrayList<>();
    cells.add(row);
    cells.add(attributions.explained().values()[index]);
    cells.add(attributions.baselineOutput().map(b -> (Object) b.values()[index]).orElse(""));
    int width = shown.rowSize();
    for (int j = 0; j < width; j++) {
      cells.add(shown.values()[index * width + j]);
    }
    return cells;
  }
}
