package org.xgradient.attribution.memory;

import org.xgradient.graph.runtime.MachineMemory;

/** How much memory the values of one run may take where the caller does not say. */
public final class MemoryBudget {

  /**
   * As much as attribution and masking make use of, in bytes: one gigabyte. Larger batches read the
   * weights less often, up to about there.
   */
  public static final long OF_USE = 1L << 30;

  private static final int SHARE = 8;
  private static final long LEAST = 32L << 20;

  private MemoryBudget() {}

  /**
   * An eighth of the memory of this machine, or of the container that this process is in, but not
   * more than is of use.
   *
   * @param mostBytes what is of use
   * @return the bytes, at least 32 MB
   */
  public static long ofThisMachine(long mostBytes) {
    return of(MachineMemory.totalBytes(), mostBytes);
  }

  /**
   * A share of some memory, but not more than is of use.
   *
   * @param totalBytes the memory
   * @param mostBytes what is of use
   * @return the bytes, at least 32 MB
   */
  public static long of(long totalBytes, long mostBytes) {
    return Math.max(LEAST, Math.min(mostBytes, totalBytes / SHARE));
  }
}
