package org.xgradient.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.data.Task;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.table.TablePredictions;

/**
 * Predicts the rows of a table, which may be larger than memory.
 *
 * @param model the model, borrowed
 */
record TablePrediction(TableModel model) {

  private static final int ROWS_PER_CHUNK = 4096;

  /**
   * Writes a row for each row.
   *
   * @throws IOException if the file can't be written
   */
  void write(Path data, Path out) throws IOException {
    new TableStream(model, ROWS_PER_CHUNK)
        .write(
            "predicting",
            data,
            out,
            header(),
            (chunk, before, rows) -> {
              TablePredictions predictions = model.predict(chunk);
              for (int i = 0; i < chunk.rows(); i++) {
                rows.row(cells(before + i + 1, predictions, i));
              }
            });
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("row", model.labels().column()));
    model.labels().classes().forEach(name -> header.add("probability of " + name));
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
