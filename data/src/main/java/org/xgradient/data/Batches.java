package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;

/**
 * The batches of an epoch: all rows once, in an order that is a pure function of the seed and the
 * epoch, so that a resumed run sees what an uninterrupted one would have seen.
 */
public final class Batches {

  private final ImmutableIntArray rows;
  private final int batchSize;
  private final boolean shuffled;
  private final long seed;

  private Batches(ImmutableIntArray rows, int batchSize, boolean shuffled, long seed) {
    checkArgument(!rows.isEmpty(), "batches must have at least one row to draw from, found none");
    checkArgument(batchSize >= 1, "the batch size must be at least 1, found %s", batchSize);
    this.rows = rows;
    this.batchSize = batchSize;
    this.shuffled = shuffled;
    this.seed = seed;
  }

  /**
   * Batches of rows in a new random order for each epoch.
   *
   * @param rows the indices of the rows, at least one
   * @param batchSize how many rows a batch has, at least 1
   * @param seed the seed of the orders
   * @return the batches
   * @throws IllegalArgumentException if there are no rows, or the batch size is less than 1
   */
  public static Batches shuffled(ImmutableIntArray rows, int batchSize, long seed) {
    return new Batches(rows, batchSize, true, seed);
  }

  /**
   * Batches of rows in the order given, the same in each epoch.
   *
   * @param rows the indices of the rows, at least one
   * @param batchSize how many rows a batch has, at least 1
   * @return the batches
   * @throws IllegalArgumentException if there are no rows, or the batch size is less than 1
   */
  public static Batches inOrder(ImmutableIntArray rows, int batchSize) {
    return new Batches(rows, batchSize, false, 0);
  }

  /**
   * One batch of all rows in the order given.
   *
   * @param rows the indices of the rows, at least one
   * @return the batches
   * @throws IllegalArgumentException if there are no rows
   */
  public static Batches full(ImmutableIntArray rows) {
    return inOrder(rows, Math.max(1, rows.length()));
  }

  /** {@return the number of batches in an epoch} */
  public int perEpoch() {
    return (rows.length() - 1) / batchSize + 1;
  }

  /**
   * The batches of an epoch.
   *
   * @param epoch which epoch, at least 0
   * @return the indices of the rows of each batch; the last batch may be smaller than the others
   * @throws IllegalArgumentException if the epoch is negative
   */
  public ImmutableList<ImmutableIntArray> epoch(int epoch) {
    checkArgument(epoch >= 0, "the epoch must be at least 0, found %s", epoch);
    ImmutableIntArray order = order(epoch);
    ImmutableList.Builder<ImmutableIntArray> batches = ImmutableList.builder();
    for (int from = 0; from < order.length(); from += Math.min(batchSize, order.length())) {
      int to = (int) Math.min(order.length(), (long) from + batchSize);
      batches.add(order.subArray(from, to));
    }
    return batches.build();
  }

  private ImmutableIntArray order(int epoch) {
    if (!shuffled) {
      return rows;
    }
    int[] order = rows.toArray();
    new DataRandom(Seeds.derive(seed, "batches", epoch)).shuffle(order);
    return ImmutableIntArray.copyOf(order);
  }
}
