package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xgradient.cli.option.OutputHeader;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.report.Formulas;

/**
 * Writes what a SavedModel of others gives for the examples of a file, which may be larger than
 * memory.
 *
 * @param model the model, borrowed
 * @param reading how tables are read
 * @param kept which columns are carried over
 * @param formulas what is done with texts that a spreadsheet would compute
 */
public record ForeignPrediction(
    LoadedModel model, TableReading reading, ImmutableList<String> kept, Formulas formulas) {

  private static final int ROWS_PER_CHUNK = 1024;

  /**
   * Writes a row for each example, with a column for each value of the output.
   *
   * @throws IOException if the file can't be written
   */
  public void write(Path file, Path out) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < model.output().size(); i++) {
      names.add(ForeignTarget.name(model.output(), i));
    }
    AtomicBoolean mixed = new AtomicBoolean();
    try (ForeignData data = ForeignData.open(model, file, reading, kept, ROWS_PER_CHUNK)) {
      ForeignStream.write(
          "predicting",
          data,
          out,
          formulas,
          OutputHeader.of(kept, names, List.of()),
          (chunk, rows) -> {
            FloatArray logits = model.logits(chunk.values());
            if (!mixed.get()) {
              model.mixing(chunk.values()).ifPresent(reason -> warn(mixed, reason));
            }
            FloatArray outputs = model.output().of(logits);
            for (int i = 0; i < chunk.rows(); i++) {
              List<Object> cells = chunk.begin(i);
              for (float output : outputs.rows(i, i + 1).values()) {
                cells.add(output);
              }
              rows.row(cells);
            }
          });
    }
  }

  private static void warn(AtomicBoolean mixed, String reason) {
    mixed.set(true);
    System.err.println(
        "warning: what the model gives for a row depends on those beside it, so that other rows in the file change it: "
            + reason);
  }
}
