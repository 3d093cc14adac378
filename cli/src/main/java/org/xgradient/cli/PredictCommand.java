package org.xgradient.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.xgradient.cli.report.CsvFile;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.ProgressTask;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableChunks;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.table.TablePredictions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code xgradient predict}. */
@Command(
    name = "predict",
    description = "Predict the rows of a table; the file may be larger than memory.",
    sortOptions = false)
final class PredictCommand implements Callable<Integer> {

  @Mixin private ModelOnTable files;

  private static final int ROWS_PER_CHUNK = 4096;

  @SuppressWarnings("NullAway.Init")
  PredictCommand() {}

  @Override
  public Integer call() throws IOException {
    try (TableModel loaded = files.load();
        TableChunks chunks = files.open(loaded, ROWS_PER_CHUNK);
        ProgressReporter progress = ProgressReporter.forConsole();
        ProgressTask bar = progress.start("predicting", -1, "rows")) {
      CsvFile.write(
          files.out(),
          header(loaded.labels()),
          rows -> {
            long row = 0;
            while (chunks.hasNext()) {
              Table chunk = chunks.next();
              TablePredictions predictions = loaded.predict(chunk);
              for (int i = 0; i < chunk.rows(); i++) {
                rows.row(cells(++row, predictions, i));
              }
              bar.advance(chunk.rows());
            }
          });
    }
    return 0;
  }

  private static List<String> header(LabelEncoding labels) {
    List<String> header = new ArrayList<>(List.of("row", labels.column()));
    labels.classes().forEach(name -> header.add("probability of " + name));
    return header;
  }

  private static List<Object> cells(long row, TablePredictions predictions, int index) {
    List<Object> cells = new ArrayList<>(List.of(row, predictions.label(index)));
    if (predictions.labels().task() != Task.REGRESSION) {
      cells.addAll(predictions.probabilities(index));
    }
    return cells;
  }
}
