package org.xgradient.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.cli.option.OutputHeader;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.data.Task;
import org.xgradient.report.Formulas;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.table.TablePredictions;

/**
 * Predicts the rows of a table, which may be larger than memory.
 *
 * @param model the model, borrowed
 * @param options how rows are read
 * @param kept which columns are carried over
 * @param formulas what is done with texts that a spreadsheet would compute
 */
record TablePrediction(TableModel model, RowOptions options, KeptColumns kept, Formulas formulas) {

  private static final int ROWS_PER_CHUNK = 4096;

  /**
   * Writes a row for each row.
   *
   * @throws IOException if the file can't be written
   */
  void write(Path data, Path out) throws IOException {
    int atATime = TableStream.rowsPerChunk(model, ROWS_PER_CHUNK, 1);
    new TableStream(model, options, kept, formulas, atATime)
        .write(
            "predicting",
            data,
            out,
            header(),
            (chunk, rows) -> {
              TablePredictions predictions = model.predict(chunk.table());
              for (int i = 0; i < predictions.rows(); i++) {
                rows.row(cells(chunk.begin(i), predictions, i));
              }
            });
  }

  /** The prediction is behind what is kept, where it may be compared with the label. */
  private List<String> header() {
    List<String> ours = new ArrayList<>();
    String label = model.labels().column();
    ours.add(kept.names().contains(label) ? "predicted " + label : label);
    model.labels().classes().forEach(name -> ours.add("probability of " + name));
    return OutputHeader.of(kept.names(), ours, List.of());
  }

  private static List<Object> cells(List<Object> begin, TablePredictions predictions, int index) {
    List<Object> cells = new ArrayList<>(begin);
    cells.add(predictions.label(index));
    if (predictions.labels().task() != Task.REGRESSION) {
      cells.addAll(predictions.probabilities(index));
    }
    return cells;
  }
}
