package org.xgradient.cli;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.cli.evaluate.Comparison;
import org.xgradient.cli.evaluate.Evaluation;
import org.xgradient.cli.evaluate.EvaluationFiles;
import org.xgradient.cli.evaluate.EvaluationMetric;
import org.xgradient.cli.evaluate.EvaluationTables;
import org.xgradient.cli.evaluate.TableEvaluation;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.TextTable;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableReader;
import org.xgradient.data.table.TableSchema;
import org.xgradient.training.table.TableModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xgradient evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Judge attribution methods on the labelled rows of a table.",
      "Writes a report, the scores and the curves."
    },
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

  /** As many as the automatic choice needs to see. */
  private static final int ROWS_OF_CHOICE = 256;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE.csv",
      description = "Table with the columns that the model was trained on and the label.")
  private Path data;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Column of the label (default: the one that the model was trained on).")
  private @Nullable String label;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to write; an earlier evaluation is replaced.")
  private Path out;

  @Option(
      names = "--methods",
      split = ",",
      defaultValue = "auto,ig,eg,grad,random",
      paramLabel = "METHOD",
      description = {
        MethodOption.NAMES + " (default: ${DEFAULT-VALUE}).",
        "The others are compared with the first."
      })
  private List<MethodOption> methods = new ArrayList<>();

  @Option(
      names = "--metrics",
      split = ",",
      defaultValue = EvaluationMetric.ALL,
      paramLabel = "METRIC",
      description =
          "kpm, knm, kam, rpm, rnm, ram, insertion, deletion, completeness, infidelity,"
              + " sensitivity, sparsity, agreement or all (default: ${DEFAULT-VALUE}).")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--rows",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Rows to draw, if the table has more (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--steps",
      defaultValue = "" + IntegratedGradients.DEFAULT_STEPS,
      description = "Steps of Integrated Gradients (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--draws",
      defaultValue = "200",
      paramLabel = "K",
      description =
          "References per row in Expected Gradients, which come from the same rows (default:"
              + " ${DEFAULT-VALUE}).")
  private int draws;

  @Option(
      names = "--memory",
      defaultValue = "256",
      paramLabel = "MB",
      description = "Memory for the values of one run (default: ${DEFAULT-VALUE}).")
  private long megabytes;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of all that is drawn at random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @SuppressWarnings("NullAway.Init")
  EvaluateCommand() {}

  @Override
  public Integer call() throws IOException {
    checkArgument(rows >= 2, "--rows must be at least 2, found %s", rows);
    Evaluation evaluation = evaluate();
    EvaluationFiles.write(out, evaluation);
    System.out.println(TextTable.plain(EvaluationTables.model(evaluation)));
    System.out.println(TextTable.plain(EvaluationTables.scores(evaluation)));
    System.out.println("Report: " + out.resolve(EvaluationFiles.REPORT));
    return 0;
  }

  private Evaluation evaluate() {
    try (TableModel loaded = TableModel.load(model);
        ProgressReporter progress = ProgressReporter.forConsole()) {
      var measured = EvaluationMetric.parse(metrics, loaded.labels().task());
      String column = label == null ? loaded.labels().column() : label;
      Table table = read(loaded, column);
      FloatArray features = loaded.preprocessing().transform(table);
      var chosen = methods(loaded, features);
      var comparison =
          new Comparison(
              loaded,
              features,
              loaded.labels().encode(table.column(column)),
              chosen,
              measured,
              megabytes << 20,
              seed);
      return TableEvaluation.run(comparison, progress, provenance(column, chosen));
    }
  }

  /** The columns of the features and of the label; a sample of the rows if there are many. */
  private Table read(TableModel loaded, String column) {
    var columns = loaded.preprocessing().schema().columns();
    checkArgument(
        !columns.containsKey(column),
        "the label must not be a column that the model looks at, found \"%s\"; give another --label",
        column);
    var schema =
        ImmutableMap.<String, ColumnType>builder()
            .putAll(columns)
            .put(column, loaded.labels().type())
            .buildOrThrow();
    Table table = TableReader.withDefaults().read(data, new TableSchema(schema));
    if (table.rows() <= rows) {
      return table;
    }
    int[] drawn = new DataRandom(seed).permutation(table.rows());
    return table.gather(Arrays.copyOf(drawn, rows));
  }

  private ImmutableMap<String, AttributionMethod> methods(TableModel loaded, FloatArray features) {
    Map<String, AttributionMethod> chosen = new LinkedHashMap<>();
    for (MethodOption option : methods) {
      String name = Ascii.toLowerCase(option.name());
      checkArgument(
          chosen.put(name, method(option, loaded, features)) == null,
          "the methods must differ, found %s twice; name it once",
          name);
    }
    return ImmutableMap.copyOf(chosen);
  }

  private AttributionMethod method(MethodOption option, TableModel loaded, FloatArray features) {
    if (option == MethodOption.AUTO) {
      return AutomaticMethod.choose(
          loaded,
          features.rows(0, Math.min(ROWS_OF_CHOICE, features.rows())),
          AttributorOptions.withDefaults().withMemoryBudget(megabytes << 20).withSeed(seed));
    }
    return option.method(steps, draws, Optional.of(ReferenceDistribution.uniform(features)));
  }

  private Provenance provenance(String column, Map<String, AttributionMethod> chosen) {
    Provenance provenance =
        Provenance.ofThisProcess()
            .with("TensorFlow", TensorFlow.version())
            .with("model", model)
            .with("data", data.getFileName())
            .with("data SHA-256", Checksums.sha256(data))
            .with("label", column)
            .with("most rows", rows)
            .with("seed", seed)
            .with("steps of ig", steps)
            .with("references of eg", draws);
    for (var method : chosen.entrySet()) {
      String kind = method.getValue().getClass().getSimpleName();
      provenance = provenance.with("method " + method.getKey(), kind);
    }
    return provenance;
  }
}
