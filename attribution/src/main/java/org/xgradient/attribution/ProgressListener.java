package org.xgradient.attribution;

/** Receives the progress of long work. */
@FunctionalInterface
public interface ProgressListener {

  /** Ignores all progress. */
  ProgressListener NONE = progress -> {};

  /**
   * How far the work is.
   *
   * @param done the number of units done
   * @param total the number of units in all, at least {@code done}
   */
  record Progress(long done, long total) {}

  /**
   * Called after each piece of work, on the thread that works.
   *
   * @param progress how far the work is
   */
  void progressed(Progress progress);
}
