package org.xgradient.graph;

import java.util.function.BooleanSupplier;

/**
 * Lets the runs of one session through until it closes. TensorFlow waits for the runs of a session
 * before it frees it, but lets new ones begin meanwhile, so that under load it waits for ever.
 */
final class SessionGate {

  private int running;
  private boolean closing;
  private boolean closed;

  /**
   * Begins a run.
   *
   * @throws IllegalStateException if the session is closing or closed
   */
  synchronized void enter() {
    if (closing) {
      throw new IllegalStateException(
          "the session is closed, or about to be; open another one, and close a session or a model"
              + " only when nothing uses it any more");
    }
    running++;
  }

  /** Ends a run. */
  synchronized void leave() {
    running--;
    notifyAll();
  }

  /**
   * Lets no run begin any more, waits for those that go on, then frees what they used; once, and
   * whoever else closes waits until that is done. An interruption does not end the wait, for what
   * runs uses what would be freed; the thread stays interrupted.
   *
   * @param free frees what runs use
   */
  void close(Runnable free) {
    if (isFirst()) {
      await(() -> running == 0);
      try {
        free.run();
      } finally {
        setClosed();
      }
    } else {
      await(() -> closed);
    }
  }

  private synchronized boolean isFirst() {
    boolean first = !closing;
    closing = true;
    return first;
  }

  private synchronized void setClosed() {
    closed = true;
    notifyAll();
  }

  private synchronized void await(BooleanSupplier condition) {
    boolean interrupted = false;
    while (!condition.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
