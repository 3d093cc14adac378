package org.xgradient.spark.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.xgradient.data.DataException;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.report.text.SafeText;

/** Reads as many rows as a batch has, explains them, and gives them out with what was found. */
final class BatchIterator implements Iterator<Row> {

  private static final int USUAL_BATCH = 1024;

  private final ExplainPartition job;
  private final ExecutorModel model;
  private final Iterator<Row> rows;
  private final int partition;
  private final RowReader reader;
  private final RowWriter writer;
  private Iterator<Row> done = Collections.emptyIterator();
  private long seen;

  BatchIterator(ExplainPartition job, ExecutorModel model, Iterator<Row> rows, int partition) {
    this.job = job;
    this.model = model;
    this.rows = rows;
    this.partition = partition;
    this.reader = model.reader(job.input());
    this.writer = RowWriter.of(job, model, reader);
  }

  @Override
  public boolean hasNext() {
    // Of a batch all rows may be left out.
    while (!done.hasNext() && rows.hasNext()) {
      done = nextBatch();
    }
    return done.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return done.next();
  }

  /** Rows and their features; rows that can't be used have none. */
  private final class Read {
    private final int width = model.features();
    private final List<Row> all = new ArrayList<>();
    private final List<Integer> usable = new ArrayList<>();
    private float[] features = new float[0];
    private int[] classes = new int[0];
    private final long before = seen;

    void take(Row row) {
      int index = usable.size();
      if (index == classes.length) {
        makeRoom();
      }
      try {
        reader.read(row, features, index * width);
        classes[index] = job.classes().isGiven() ? job.classes().read(row) : 0;
        usable.add(all.size());
        all.add(row);
      } catch (InvalidCellException e) {
        Arrays.fill(features, index * width, (index + 1) * width, 0);
        switch (job.invalid()) {
          case ERROR -> throw new DataException(where(row, seen) + ": " + e.getMessage(), e);
          case SKIP -> {}
          case KEEP -> all.add(row);
        }
      }
      seen++;
    }

    /** For a usual batch, as most partitions have one and more, then for twice as many. */
    private void makeRoom() {
      int rows = Math.min(job.spec().batch(), Math.max(USUAL_BATCH, 2 * classes.length));
      features = Arrays.copyOf(features, Math.multiplyExact(rows, width));
      classes = Arrays.copyOf(classes, rows);
    }

    /** Leaves out a row of which the model computes what is no number. */
    void drop(int index) {
      int row = usable.remove(index);
      System.arraycopy(
          features, (index + 1) * width, features, index * width, (usable.size() - index) * width);
      System.arraycopy(classes, index + 1, classes, index, usable.size() - index);
      if (job.invalid() == InvalidRows.SKIP) {
        all.remove(row);
        usable.replaceAll(other -> other > row ? other - 1 : other);
      }
    }

    Explanations explain() {
      boolean full = usable.size() == classes.length;
      return model.explain(
          full ? features : Arrays.copyOf(features, usable.size() * width),
          full ? classes : Arrays.copyOf(classes, usable.size()));
    }
  }

  private Iterator<Row> nextBatch() {
    var read = new Read();
    // Also rows that are kept though they can't be used take memory.
    while (rows.hasNext() && read.all.size() < job.spec().batch()) {
      read.take(rows.next());
    }
    return new Written(read, explain(read));
  }

  /** The rows of a batch, written one by one as they are asked for. */
  private final class Written implements Iterator<Row> {
    private final Read read;
    private final Optional<Explanations> found;
    private int row;
    private int usable;

    Written(Read read, Optional<Explanations> found) {
      this.read = read;
      this.found = found;
    }

    @Override
    public boolean hasNext() {
      return row < read.all.size();
    }

    @Override
    public Row next() {
      Row of = read.all.get(row);
      boolean isUsable = usable < read.usable.size() && read.usable.get(usable) == row;
      row++;
      if (!isUsable) {
        return writer.writeNothing(of);
      }
      Row written = writer.write(of, found.orElseThrow(), usable, read.classes[usable]);
      usable++;
      return written;
    }
  }

  /** Tries again without a row that can't be explained; they are rare. */
  private Optional<Explanations> explain(Read read) {
    while (!read.usable.isEmpty()) {
      try {
        return Optional.of(read.explain());
      } catch (NotFiniteException e) {
        if (job.invalid() == InvalidRows.ERROR) {
          int index = read.usable.get(e.row());
          String place =
              e.ofInput() ? SafeText.of(model.inputName(e.column())) : "output " + e.column();
          throw new DataException(
              e.messageAt(where(read.all.get(index), read.before + index) + ", " + place), e);
        }
        read.drop(e.row());
      }
    }
    return Optional.empty();
  }

  private String where(Row row, long number) {
    return job.key().of(row, partition, number);
  }
}
