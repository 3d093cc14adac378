package org.xgradient.data.image;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;

/**
 * Batches that a background thread reads while the earlier ones are used, so that decoding images
 * does not keep the network waiting.
 *
 * <p>At most {@code depth + 2} batches are in memory: those that wait, the one being read and the
 * one being used. What the data set throws, {@link #next} throws. For one reading thread; close it
 * when done, at any time.
 */
public final class PrefetchingBatches implements Iterator<Batch>, AutoCloseable {

  private final int count;
  private final BlockingQueue<Supplier<Batch>> waiting;
  private final Thread reader;
  private int taken;
  private volatile boolean closed;

  /**
   * Starts reading.
   *
   * @param dataset where the examples come from; read by the background thread
   * @param batches the rows of each batch, in order
   * @param depth how many batches may wait, at least 1
   * @throws IllegalArgumentException if the depth is less than 1
   */
  public PrefetchingBatches(Dataset dataset, List<ImmutableIntArray> batches, int depth) {
    checkArgument(depth >= 1, "depth must be at least 1, found %s", depth);
    ImmutableList<ImmutableIntArray> ordered = ImmutableList.copyOf(batches);
    this.count = ordered.size();
    this.waiting = new ArrayBlockingQueue<>(depth);
    this.reader = new Thread(() -> readAll(dataset, ordered), "xgradient-prefetch");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAll(Dataset dataset, List<ImmutableIntArray> batches) {
    try {
      for (ImmutableIntArray rows : batches) {
        Supplier<Batch> batch = read(dataset, rows);
        if (closed) {
          // The data set may have swallowed the interrupt.
          return;
        }
        waiting.put(batch);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, and then nobody waits for a batch.
      Thread.currentThread().interrupt();
    }
  }

  /** Errors too, such as too little memory, belong to whoever uses the batches. */
  private static Supplier<Batch> read(Dataset dataset, ImmutableIntArray rows) {
    try {
      Batch batch = dataset.batch(rows.toArray());
      return () -> batch;
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    } catch (Error e) {
      return () -> {
        throw e;
      };
    }
  }

  @Override
  public boolean hasNext() {
    return taken < count;
  }

  /**
   * Waits for the next batch.
   *
   * @return the batch
   * @throws CancellationException if this thread is interrupted while it waits; it stays
   *     interrupted
   * @throws IllegalStateException if this is closed
   */
  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there were only " + count + " batches");
    }
    checkState(!closed, "these batches are closed; batches must be read before");
    try {
      Supplier<Batch> batch = waiting.take();
      taken++;
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    }
  }

  /** Stops reading and waits until the thread has ended. */
  @Override
  public void close() {
    closed = true;
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    waiting.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
