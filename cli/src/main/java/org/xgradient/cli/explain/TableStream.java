package org.xgradient.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.xgradient.attribution.completeness.IncompleteException;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.cli.option.RowsOutput;
import org.xgradient.data.DataException;
import org.xgradient.data.Prefetcher;
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
import org.xgradient.report.text.Numbers;
import org.xgradient.training.table.TableModel;

/**
 * Rows of a table that become rows of another, some at a time, so that memory is needed for these
 * only; while some are computed, those after them are read and those before them written. The
 * output appears when all rows are done. Errors name the row of the file.
 *
 * @param model the model, borrowed
 * @param options how rows are read
 * @param kept which columns are carried over
 * @param formulas what is done with texts that a spreadsheet would compute
 * @param rowsPerChunk how many rows are taken at a time
 */
record TableStream(
    TableModel model, RowOptions options, KeptColumns kept, Formulas formulas, int rowsPerChunk) {

  private static final int AHEAD = 1;

  /** Three chunks are in memory at a time, with eight bytes a cell. */
  private static final int CELLS_PER_CHUNK = 1 << 22;

  /**
   * How many rows are taken at a time: fewer of wide tables.
   *
   * @param most how many of narrow ones
   * @param batch what the number is a multiple of
   */
  static int rowsPerChunk(TableModel model, int most, int batch) {
    int affordable = Math.min(most, CELLS_PER_CHUNK / model.preprocessing().encodings().size());
    return Math.max(batch, affordable / batch * batch);
  }

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
    RowReview review = RowReview.of(model.preprocessing());
    try (TableChunks chunks = open(data);
        Prefetcher<RowChunk> ahead = new Prefetcher<>(new Numbered(chunks, review), AHEAD);
        ProgressReporter progress = ConsoleProgress.open();
        ProgressTask bar = progress.start(doing, -1, "rows")) {
      RowsOutput.write(
          out,
          formulas,
          header,
          rows -> {
            long done = 0;
            try {
              while (ahead.hasNext()) {
                if (Thread.interrupted()) {
                  throw new CancellationException("between two chunks");
                }
                RowChunk chunk = ahead.next();
                writeChunk(chunk, work, rows);
                done += chunk.table().rows();
                bar.advance(chunk.table().rows());
              }
            } catch (CancellationException e) {
              throw Interruption.of(
                  "interrupted after %s; %s is not written"
                      .formatted(Numbers.count(done, "row"), out),
                  e);
            }
            options.judge(review.findings(chunks));
          });
    }
  }

  /** Counts and reviews the rows that are read. */
  private static final class Numbered implements Iterator<RowChunk> {

    private final TableChunks chunks;
    private final RowReview review;
    private long before;

    Numbered(TableChunks chunks, RowReview review) {
      this.chunks = chunks;
      this.review = review;
    }

    @Override
    public boolean hasNext() {
      return chunks.hasNext();
    }

    @Override
    public RowChunk next() {
      Table table = chunks.next();
      review.add(table);
      RowChunk chunk = new RowChunk(table, before, chunks.keptCells());
      before += table.rows();
      return chunk;
    }
  }

  private TableChunks open(Path data) {
    return options.open(data, model.preprocessing().schema(), kept.names(), rowsPerChunk);
  }

  private void writeChunk(RowChunk chunk, Work work, CsvFile.RowWriter rows) throws IOException {
    try {
      work.write(chunk, rows);
    } catch (CellException e) {
      throw e.after(chunk.before());
    } catch (IncompleteException e) {
      throw new DataException(e.messageAt("row %d".formatted(chunk.before() + e.row() + 1)), e);
    } catch (NotFiniteException e) {
      String place = e.ofInput() ? model.preprocessing().featureNames().get(e.column()) : "output";
      throw new DataException(
          e.messageAt("row %d, %s".formatted(chunk.before() + e.row() + 1, place)), e);
    }
  }
}
