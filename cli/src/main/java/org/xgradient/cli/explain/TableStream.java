package org.xgradient.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.cli.option.RowsOutput;
import org.xgradient.data.DataException;
import org.xgradient.data.table.CellException;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.RowReview;
import org.xgradient.data.table.reading.TableChunks;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.report.CsvFile;
import org.xgradient.report.Formulas;
import org.xgradient.report.progress.Interruption;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.training.table.TableModel;

/**
 * Rows of a table that become rows of another, some at a time, so that memory is needed for these
 * only. The output appears when all rows are done. Errors name the row of the file.
 *
 * @param model the model, borrowed
 * @param options how rows are read
 * @param kept which columns are carried over
 * @param formulas what is done with texts that a spreadsheet would compute
 * @param rowsPerChunk how many rows are taken at a time
 */
record TableStream(
    TableModel model, RowOptions options, KeptColumns kept, Formulas formulas, int rowsPerChunk) {

  /** What is done with some rows. */
  @FunctionalInterface
  interface Work {
    /**
     * Writes a row for each row.
     *
     * @param chunk the rows
     * @param out takes the rows
     * @throws IOException if one cannot be written
     */
    void write(RowChunk chunk, CsvFile.RowWriter out) throws IOException;
  }

  /**
   * Writes a row for each row.
   *
   * @param doing what is done, for the progress
   * @throws IOException if the file can't be written
   * @throws CancellationException if the thread was interrupted
   */
  void write(String doing, Path data, Path out, List<String> header, Work work) throws IOException {
    try (TableChunks chunks = open(data);
        ProgressReporter progress = ConsoleProgress.open();
        ProgressTask bar = progress.start(doing, -1, "rows")) {
      RowsOutput.write(
          out,
          formulas,
          header,
          rows -> {
            long done = 0;
            RowReview review = RowReview.of(model.preprocessing());
            while (chunks.hasNext()) {
              Table chunk = chunks.next();
              review.add(chunk);
              try {
                if (Thread.interrupted()) {
                  throw new CancellationException("between two chunks");
                }
                writeChunk(new RowChunk(chunk, done, chunks.keptCells()), work, rows);
              } catch (CancellationException e) {
                throw Interruption.of(
                    "interrupted after %d rows; %s is not written".formatted(done, out), e);
              }
              done += chunk.rows();
              bar.advance(chunk.rows());
            }
            options.judge(review.findings(chunks));
          });
    }
  }

  private TableChunks open(Path data) {
    return options
        .reader()
        .withKept(kept.names())
        .open(data, options.schema(model.preprocessing().schema()), rowsPerChunk);
  }

  private void writeChunk(RowChunk chunk, Work work, CsvFile.RowWriter rows) throws IOException {
    try {
      work.write(chunk, rows);
    } catch (CellException e) {
      throw e.after(chunk.before());
    } catch (NotFiniteException e) {
      String place = e.ofInput() ? model.preprocessing().featureNames().get(e.column()) : "output";
      throw new DataException(
          e.messageAt("row %d, %s".formatted(chunk.before() + e.row() + 1, place)), e);
    }
  }
}
