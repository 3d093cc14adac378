package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.attribution.memory.MemoryBudget;
import org.xgradient.graph.Target;

/**
 * What an {@link Attributor} explains and how it runs.
 *
 * @param target the output of each example to explain
 * @param memoryBudget the bytes that the values of one run may take
 * @param maxBatch the largest number of rows in a batch
 * @param seed what methods that draw at random start from
 * @param wholeBatches whether a batch that is not full is filled up with copies of its last row, so
 *     that the bits of a row don't depend on how many rows are beside it; for methods that draw
 *     nothing
 * @param progress told of each run
 */
public record AttributorOptions(
    Target target,
    long memoryBudget,
    int maxBatch,
    long seed,
    boolean wholeBatches,
    ProgressListener progress) {

  private static final int DEFAULT_MAX_BATCH = 256;

  /** What a common processor's last cache holds, as values are estimated: twice what they take. */
  private static final long CACHE_BYTES = 32L << 20;

  private static final long SHARING_POINTS = 32;

  /** Products of matrices round rows beyond the last whole block of 4 or 8 in another way. */
  private static final int ROWS_PER_BLOCK = 16;

  private static final long MOST_BLOCKS = Integer.MAX_VALUE / ROWS_PER_BLOCK;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the budget or the batch is less than 1
   */
  public AttributorOptions {
    checkArgument(
        memoryBudget >= 1, "the memory budget must be at least 1 byte, found %s", memoryBudget);
    checkArgument(maxBatch >= 1, "the batch must be at least 1 row, found %s", maxBatch);
  }

  /**
   * {@return the predicted class, or the only output; a budget of 1 GB or an eighth of the
   * machine's memory if that is less, batches of 256 rows, of which the last is as large as it
   * comes, seed 0, no progress}
   */
  public static AttributorOptions withDefaults() {
    return new AttributorOptions(
        Target.predicted(),
        MemoryBudget.ofThisMachine(MemoryBudget.OF_USE),
        DEFAULT_MAX_BATCH,
        0,
        false,
        ProgressListener.NONE);
  }

  /**
   * The same of another output.
   *
   * @param target the output of each example to explain
   * @return the options
   */
  public AttributorOptions withTarget(Target target) {
    return new AttributorOptions(target, memoryBudget, maxBatch, seed, wholeBatches, progress);
  }

  /**
   * The same with another budget.
   *
   * @param bytes the bytes that the values of one run may take
   * @return the options
   */
  public AttributorOptions withMemoryBudget(long bytes) {
    return new AttributorOptions(target, bytes, maxBatch, seed, wholeBatches, progress);
  }

  /**
   * The same with another batch.
   *
   * @param rows the largest number of rows in a batch
   * @return the options
   */
  public AttributorOptions withMaxBatch(int rows) {
    return new AttributorOptions(target, memoryBudget, rows, seed, wholeBatches, progress);
  }

  /**
   * The same with another seed.
   *
   * @param seed the seed
   * @return the options
   */
  public AttributorOptions withSeed(long seed) {
    return new AttributorOptions(target, memoryBudget, maxBatch, seed, wholeBatches, progress);
  }

  /**
   * The same in batches that are all of one size, a multiple of 16 rows: what is missing in the
   * last one is filled up. The bits of a row then depend neither on where it stands nor on how many
   * others there are, if the session computes with one thread.
   *
   * @return the options
   */
  public AttributorOptions withWholeBatches() {
    return new AttributorOptions(target, memoryBudget, maxBatch, seed, true, progress);
  }

  /**
   * The same with another listener.
   *
   * @param progress the listener
   * @return the options
   */
  public AttributorOptions withProgress(ProgressListener progress) {
    return new AttributorOptions(target, memoryBudget, maxBatch, seed, wholeBatches, progress);
  }

  /**
   * Refuses what can't be split any more.
   *
   * @param rows the rows of the smallest batch that the model takes
   * @throws IllegalArgumentException if they exceed the budget; the message has the numbers
   */
  void checkAffordable(long bytesPerRow, int rows) {
    checkArgument(
        rows * bytesPerRow <= memoryBudget,
        "the memory budget must hold the values of the smallest batch, %s of about %s bytes,"
            + " found %s bytes; give at least %s",
        rows == 1 ? "a row" : rows + " rows",
        rows * bytesPerRow,
        memoryBudget,
        rows * bytesPerRow);
  }

  /** The rows of a batch. */
  int batchRows(long bytesPerRow, int rows) {
    long affordable = Math.max(1, memoryBudget / bytesPerRow);
    if (!wholeBatches) {
      return (int) Math.min(Math.min(maxBatch, rows), affordable);
    }
    long blocks = (maxBatch + ROWS_PER_BLOCK - 1L) / ROWS_PER_BLOCK;
    long affordableBlocks = affordable / ROWS_PER_BLOCK;
    return affordableBlocks == 0
        ? (int) Math.min(maxBatch, affordable)
        : (int) Math.min(Math.min(blocks, affordableBlocks), MOST_BLOCKS) * ROWS_PER_BLOCK;
  }

  /**
   * The points of a chunk: as few chunks as affordable, and as equal as possible. Of a small model
   * so many that the values stay in the processor's cache, if these are enough to share what is
   * computed once for each chunk.
   */
  int chunkPoints(long bytesPerRow, int batch, int points) {
    long bytesPerPoint = bytesPerRow * batch;
    long affordable = Math.max(1, memoryBudget / bytesPerPoint);
    long inCache = Math.max(SHARING_POINTS, CACHE_BYTES / bytesPerPoint);
    if (inCache * bytesPerPoint <= 2 * CACHE_BYTES) {
      affordable = Math.min(affordable, inCache);
    }
    long chunks = (points + affordable - 1) / affordable;
    return (int) ((points + chunks - 1) / chunks);
  }
}
