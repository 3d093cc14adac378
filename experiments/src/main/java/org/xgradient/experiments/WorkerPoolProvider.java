package org.xgradient.experiments;

/**
 * Opens pools of workers that other modules have, found by {@link java.util.ServiceLoader}. Nothing
 * here knows them.
 */
public interface WorkerPoolProvider {

  /** {@return what an address begins with, such as {@code spark}} */
  String scheme();

  /**
   * Opens a pool.
   *
   * @param address what follows the scheme and its colon, such as {@code local[2]}
   * @return the pool, to be closed
   * @throws IllegalArgumentException if there is no such place
   */
  WorkerPool open(String address);
}
