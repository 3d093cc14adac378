package org.xgradient.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.data.DataException;
import org.xgradient.data.table.CellException;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableChunks;
import org.xgradient.data.table.TableReader;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.report.CsvFile;
import org.xgradient.report.progress.Interruption;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.training.table.TableModel;

/**
 * Rows of a table that become rows of another, some at a time, so that memory is needed for these
 * only. The output appears when all rows are done. Errors name the row of the file.
 *
 * @param model the model, borrowed
 * @param rowsPerChunk how many rows are taken at a time
 */
record TableStream(TableModel model, int rowsPerChunk) {

  /** What is done with some rows. */
  @FunctionalInterface
  interface Work {
    /**
     * Writes a row for each row.
     *
     * @param chunk the rows
     * @param before how many rows of the file are before them
     * @param out takes the rows
     * @throws IOException if one cannot be written
     */
    void write(Table chunk, long before, CsvFile.RowWriter out) throws IOException;
  }

  /**
   * Writes a row for each row.
   *
   * @param doing what is done, for the progress
   * @throws IOException if the file can't be written
   * @throws CancellationException if the thread was interrupted
   */
  void write(String doing, Path data, Path out, List<String> header, Work work) throws IOException {
    try (TableChunks chunks =
            TableReader.withDefaults().open(data, model.preprocessing().schema(), rowsPerChunk);
        ProgressReporter progress = ConsoleProgress.open();
        ProgressTask bar = progress.start(doing, -1, "rows")) {
      CsvFile.write(
          out,
          header,
          rows -> {
            long done = 0;
            while (chunks.hasNext()) {
              Table chunk = chunks.next();
              try {
                if (Thread.interrupted()) {
                  throw new CancellationException("between two chunks");
                }
                writeChunk(chunk, done, work, rows);
              } catch (CancellationException e) {
                throw Interruption.of(
                    "interrupted after %d rows; %s is not written".formatted(done, out), e);
              }
              done += chunk.rows();
              bar.advance(chunk.rows());
            }
          });
    }
  }

  private void writeChunk(Table chunk, long before, Work work, CsvFile.RowWriter rows)
      throws IOException {
    try {
      work.write(chunk, before, rows);
    } catch (CellException e) {
      throw e.after(before);
    } catch (NotFiniteException e) {
      String place = e.ofInput() ? model.preprocessing().featureNames().get(e.column()) : "output";
      throw new DataException(e.messageAt("row %d, %s".formatted(before + e.row() + 1, place)), e);
    }
  }
}
