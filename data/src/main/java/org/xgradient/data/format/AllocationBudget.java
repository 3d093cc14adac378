package org.xgradient.data.format;

import java.nio.file.Path;

/**
 * Bounds what is allocated for a file whose content may stand for more than its own size
 * (compressed, or shared by several tensors): 64 MiB, or a hundred times the file's size if that is
 * more.
 */
final class AllocationBudget {

  private static final long FREE_BYTES = 64L << 20;
  private static final long BYTES_PER_FILE_BYTE = 100;

  private final Path file;
  private final long limit;
  private long taken;

  AllocationBudget(Path file, long fileBytes) {
    this.file = file;
    this.limit = Math.max(FREE_BYTES, Math.multiplyExact(fileBytes, BYTES_PER_FILE_BYTE));
  }

  /**
   * Takes from the budget what an array of floats needs; to be called before it is allocated.
   *
   * @param place what the array is for
   * @param size the number of floats
   * @throws FormatException if the budget does not hold that much any more
   */
  void take(String place, int size) {
    taken += (long) size * Float.BYTES;
    if (taken > limit) {
      throw new FormatException(
          file,
          place + ": memory of all arrays so far",
          "at most " + limit + " bytes for a file of this size",
          taken);
    }
  }
}
