package org.xgradient.report;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows on a thread of its own, so that whoever makes them need not wait. A few rows need no
 * thread. What can't be written is told with a later row, or at the end.
 */
final class WriteBehind implements CsvFile.RowWriter, AutoCloseable {

  private static final int ROWS_PER_BLOCK = 512;

  /** So that rows of wide tables take little memory while they wait. */
  private static final int CELLS_PER_BLOCK = 1 << 17;

  /** Rows are made in bursts, of a chunk of a table each. */
  private static final int MOST_BLOCKS = 4;

  private final CsvFile.RowWriter out;
  private List<List<?>> block = new ArrayList<>();
  private int cellsOfBlock;
  private @Nullable ExecutorService writer;
  private final Deque<Future<?>> writing = new ArrayDeque<>();

  /** Of the writing thread, or of nobody else while it rests. */
  private boolean failed;

  WriteBehind(CsvFile.RowWriter out) {
    this.out = out;
  }

  @Override
  public void row(List<?> cells) throws IOException {
    block.add(new ArrayList<>(cells));
    cellsOfBlock += cells.size();
    if (block.size() == ROWS_PER_BLOCK || cellsOfBlock >= CELLS_PER_BLOCK) {
      awaitUntil(MOST_BLOCKS - 1);
      List<List<?>> full = block;
      block = new ArrayList<>();
      cellsOfBlock = 0;
      writing.add(writer().submit(() -> writeAll(full)));
    }
  }

  /** Writes what is left, and waits until all is written. */
  void finish() throws IOException {
    awaitUntil(0);
    writeAll(block);
  }

  private @Nullable Void writeAll(List<List<?>> rows) throws IOException {
    // Behind rows that could not be written none is, or there would be a gap.
    if (!failed) {
      failed = true;
      for (List<?> row : rows) {
        out.row(row);
      }
      failed = false;
    }
    return null;
  }

  /** Waits until no more blocks than these are left to write. */
  private void awaitUntil(int blocks) throws IOException {
    while (writing.size() > blocks) {
      await(writing.remove());
    }
  }

  private static void await(Future<?> block) throws IOException {
    try {
      Uninterruptibles.getUninterruptibly(block);
    } catch (ExecutionException e) {
      Throwable cause = requireNonNull(e.getCause());
      Throwables.throwIfInstanceOf(cause, IOException.class);
      Throwables.throwIfUnchecked(cause);
      throw new IllegalStateException(cause);
    }
  }

  private ExecutorService writer() {
    if (writer == null) {
      writer =
          Executors.newSingleThreadExecutor(
              new ThreadFactoryBuilder().setDaemon(true).setNameFormat("xgradient-rows").build());
    }
    return writer;
  }

  /** Waits until nothing is written any more. */
  @Override
  public void close() {
    if (writer != null) {
      writer.shutdown();
      Uninterruptibles.awaitTerminationUninterruptibly(writer);
    }
  }
}
