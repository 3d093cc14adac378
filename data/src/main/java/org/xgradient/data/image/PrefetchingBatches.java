package org.xgradient.data.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.Prefetcher;

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
  private final Prefetcher<Batch> batches;
  private int taken;

  /**
   * Starts reading.
   *
   * @param dataset where the examples come from; read by the background thread
   * @param batches the rows of each batch, in order
   * @param depth how many batches may wait, at least 1
   * @throws IllegalArgumentException if the depth is less than 1
   */
  public PrefetchingBatches(Dataset dataset, List<ImmutableIntArray> batches, int depth) {
    ImmutableList<ImmutableIntArray> ordered = ImmutableList.copyOf(batches);
    this.count = ordered.size();
    this.batches =
        new Prefetcher<>(
            Iterators.transform(ordered.iterator(), rows -> dataset.batch(rows.toArray())), depth);
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
    // Waits, so that an interruption takes no batch.
    if (batches.hasNext()) {
      taken++;
    }
    return batches.next();
  }

  /** Stops reading and waits until the thread has ended. */
  @Override
  public void close() {
    batches.close();
  }
}
