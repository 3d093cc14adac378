package org.xgradient.cli.foreign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.xgradient.attribution.completeness.IncompleteException;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.cli.option.RowsOutput;
import org.xgradient.data.DataException;
import org.xgradient.data.table.CellException;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.savedmodel.RowFailedException;
import org.xgradient.report.CsvFile;
import org.xgradient.report.Formulas;
import org.xgradient.report.progress.Interruption;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.report.text.Numbers;

/** Examples that become rows of a table, some at a time. The table appears when all are done. */
final class ForeignStream {

  private ForeignStream() {}

  /** What is done with some examples. */
  @FunctionalInterface
  interface Work {
    /** Writes a row for each example. */
    void write(ForeignChunk chunk, CsvFile.RowWriter out) throws IOException;
  }

  /**
   * Writes a row for each example.
   *
   * @param doing what is done, for the progress
   * @return the number of examples
   * @throws IOException if the file can't be written
   * @throws CancellationException if the thread was interrupted
   */
  static long write(
      String doing, ForeignData data, Path out, Formulas formulas, List<String> header, Work work)
      throws IOException {
    long[] done = {0};
    try (ProgressReporter progress = ConsoleProgress.open();
        ProgressTask bar = progress.start(doing, -1, "rows")) {
      RowsOutput.write(
          out,
          formulas,
          header,
          rows -> {
            while (data.hasNext()) {
              ForeignChunk chunk = data.next();
              try {
                if (Thread.interrupted()) {
                  throw new CancellationException("between two chunks");
                }
                writeChunk(chunk, work, rows);
              } catch (CancellationException e) {
                throw Interruption.of(
                    "interrupted after %s; %s is not written"
                        .formatted(Numbers.count(done[0], "row"), out),
                    e);
              }
              done[0] += chunk.rows();
              bar.advance(chunk.rows());
            }
          });
    }
    return done[0];
  }

  private static void writeChunk(ForeignChunk chunk, Work work, CsvFile.RowWriter rows)
      throws IOException {
    try {
      work.write(chunk, rows);
    } catch (CellException e) {
      throw e.after(chunk.before());
    } catch (RowFailedException e) {
      throw e.after(chunk.before());
    } catch (IncompleteException e) {
      throw new DataException(e.messageAt("row %s".formatted(chunk.before() + e.row() + 1)), e);
    } catch (NotFiniteException e) {
      throw new DataException(e.messageAt("row %s".formatted(chunk.before() + e.row() + 1)), e);
    }
  }
}
