package org.xgradient.graph;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;

/** Sessions that close while others use them. */
@Timeout(60)
class ClosingTest {

  private static final int THREADS = 4;
  private static final FloatArray ROWS = FloatArray.zeros(2000, 64);

  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS + 2);

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
  }

  @Test
  void endsUnderLoadAndRefusesNewRuns() throws Exception {
    GraphSession session = GraphSession.open();
    Runnable run = work(session);
    CountDownLatch busy = new CountDownLatch(3 * THREADS);
    List<Future<?>> loops = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      loops.add(
          pool.submit(
              () -> {
                while (true) {
                  run.run();
                  busy.countDown();
                }
              }));
    }
    assertThat(busy.await(30, SECONDS)).isTrue();

    pool.submit(session::close).get(30, SECONDS);

    for (Future<?> loop : loops) {
      assertThatThrownBy(() -> loop.get(10, SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the session is closed, or about to be; open another one");
    }
    session.close();
  }

  @Test
  void anInterruptionIsKeptAndRunsAreStillWaitedFor() throws Exception {
    SessionGate gate = new SessionGate();
    gate.enter();
    CountDownLatch freed = new CountDownLatch(1);
    Future<Boolean> closing =
        pool.submit(
            () -> {
              Thread.currentThread().interrupt();
              gate.close(freed::countDown);
              return Thread.interrupted();
            });
    Future<?> second = pool.submit(() -> gate.close(() -> {}));

    assertThat(freed.await(200, MILLISECONDS)).as("freed while something runs").isFalse();
    assertThatThrownBy(() -> second.get(10, MILLISECONDS)).isInstanceOf(TimeoutException.class);
    gate.leave();

    assertThat(closing.get(10, SECONDS)).as("still interrupted").isTrue();
    second.get(10, SECONDS);
    assertThatThrownBy(gate::enter).isInstanceOf(IllegalStateException.class);
  }

  private static Runnable work(GraphSession session) {
    Ops tf = session.ops();
    var rows = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 64)));
    var products = tf.linalg.matMul(rows, tf.zeros(tf.array(64, 512), TFloat32.class));
    var sum = tf.reduceSum(products, tf.array(0, 1));
    return () -> session.run(Feeds.of(rows, ROWS), sum);
  }
}
