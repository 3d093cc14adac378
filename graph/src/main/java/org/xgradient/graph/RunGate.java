package org.xgradient.graph;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets runs through until the process is to end. While a process ends, it frees what TensorFlow's
 * threads use; a run that goes on meanwhile can crash it.
 */
final class RunGate {

  private static final ReentrantReadWriteLock GATE = new ReentrantReadWriteLock();

  private RunGate() {}

  /** {@return what a run holds while it goes on} */
  static Lock run() {
    return GATE.readLock();
  }

  /**
   * Lets no run begin any more, and waits for those that go on.
   *
   * @param most how long to wait
   * @return whether all ended
   */
  static boolean close(Duration most) {
    try {
      return GATE.writeLock().tryLock(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
