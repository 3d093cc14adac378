package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What Ctrl-C does. */
class XgradientTest {

  @Test
  void workThatForgetsAnInterruptionIsInterruptedAgain() throws InterruptedException {
    var finished = new CountDownLatch(1);
    Thread worker =
        new Thread(
            () -> {
              awaitInterruption();
              awaitInterruption();
              finished.countDown();
            });
    worker.setDaemon(true);
    worker.start();
    assertThat(Xgradient.stop(worker, finished)).isTrue();
    worker.join();
  }

  private static void awaitInterruption() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // Forgotten.
    }
  }
}
