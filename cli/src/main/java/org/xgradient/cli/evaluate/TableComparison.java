package org.xgradient.cli.evaluate;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.reading.RowReview;
import org.xgradient.data.table.reading.TableChunks;
import org.xgradient.data.table.text.Names;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.table.TableModel;

/** Compares methods on the labelled rows of a table. */
final class TableComparison {

  private final TableModel model;
  private final AttributionOptions attribution;
  private final RowOptions rowOptions;
  private final String label;
  private final int rows;

  /**
   * Prepares a comparison.
   *
   * @param label the column of the label; that of the model if empty
   * @param rows the number of rows to draw, if there are more
   */
  TableComparison(
      TableModel model,
      AttributionOptions attribution,
      RowOptions rowOptions,
      Optional<String> label,
      int rows) {
    this.model = model;
    this.attribution = attribution;
    this.rowOptions = rowOptions;
    this.label = label.orElse(model.labels().column());
    this.rows = rows;
  }

  Evaluation run(
      Path directory,
      Path data,
      ImmutableSet<EvaluationMetric> metrics,
      ProgressReporter progress) {
    Table all = read(data);
    ImmutableIntArray drawn = sample(labelled(all));
    Table table = all.gather(drawn.toArray());
    FloatArray features = model.preprocessing().transform(table);
    FloatArray labels = model.labels().encode(table.column(label));
    var subject = TableSubject.of(model, drawn);
    var methods =
        new ComparedMethods(attribution)
            .of(
                model,
                features,
                PlannedEvaluation.classes(labels, subject.task()),
                attribution.references().map(this::features).or(() -> Optional.of(features)));
    var runs = attribution.runs();
    var comparison =
        new PlannedEvaluation(
            subject, features, labels, methods, metrics, runs.memoryBudget(), runs.seed());
    var provenance =
        ComparedMethods.provenance(attribution, methods)
            .with("model", directory)
            .with("data", data.getFileName())
            .with("data SHA-256", Checksums.sha256(data))
            .with("label", label)
            .with("most rows", rows);
    return Evaluator.run(comparison, progress, provenance);
  }

  /** The columns of the features and of the label. */
  private Table read(Path data) {
    var columns = model.preprocessing().schema().columns();
    checkArgument(
        !columns.containsKey(label),
        "the label must not be a column that the model looks at, found \"%s\"; give another --label",
        label);
    ImmutableList<String> header = rowOptions.plainReader().header(data);
    if (!header.contains(label)) {
      throw new DataException(
          Names.unknownColumns(List.of(label), header).getMessage()
              + "; evaluate judges by labels: give rows that have them, or name their column with"
              + " --label");
    }
    return read(data, model.preprocessing().schema().with(label, model.labels().reading()));
  }

  /** The rows that can judge. */
  private ImmutableIntArray labelled(Table all) {
    Column labels = all.column(label);
    ImmutableIntArray labelled =
        ImmutableIntArray.copyOf(
            IntStream.range(0, all.rows()).filter(row -> !labels.isMissing(row)));
    if (labelled.isEmpty()) {
      throw new DataException(
          "no row has a label in the column \"%s\", and evaluate judges by labels; give rows that have"
                  .formatted(label)
              + " them");
    }
    int missing = all.rows() - labelled.length();
    if (missing > 0) {
      System.err.printf(
          Locale.ROOT,
          "warning: %s no label, and %s left out%n",
          Numbers.count(missing)
              + " of "
              + Numbers.count(all.rows(), "row")
              + (missing == 1 ? " has" : " have"),
          missing == 1 ? "is" : "are");
    }
    return labelled;
  }

  /** All of the rows in order, or some of them if there are many. */
  private ImmutableIntArray sample(ImmutableIntArray all) {
    if (all.length() <= rows) {
      return all;
    }
    int[] drawn = new DataRandom(attribution.runs().seed()).permutation(all.length());
    return ImmutableIntArray.copyOf(Arrays.stream(drawn).limit(rows).map(all::get));
  }

  private FloatArray features(Path references) {
    return model.preprocessing().transform(read(references, model.preprocessing().schema()));
  }

  /** Reads rows, and says what the model was not trained for. */
  private Table read(Path file, TableSchema schema) {
    try (TableChunks rows = rowOptions.open(file, schema, List.of(), Integer.MAX_VALUE)) {
      Table table = rows.next();
      RowReview review = RowReview.of(model.preprocessing());
      review.add(table);
      rowOptions.judge(review.findings(rows));
      return table;
    }
  }
}
