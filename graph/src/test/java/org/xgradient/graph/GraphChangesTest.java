package org.xgradient.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.gradient.GraphChanges;

/**
 * A run between a gradient and the padding of its convolutions would take them to the session as
 * they were.
 */
@Timeout(60)
class GraphChangesTest {

  private static final FloatArray IMAGE = FloatArray.zeros(1, 4, 4, 1);

  @Test
  void gradientsWaitForRuns() throws InterruptedException {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var images = images(tf);
      Operand<TFloat32> convolved = convolved(tf, images);
      var lock = GraphChanges.lock(tf.scope().env());
      assertWaits(lock, lock.readLock(), () -> Gradients.of(tf, convolved, images));
    }
  }

  @Test
  void runsWaitForGradients() throws InterruptedException {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var images = images(tf);
      Operand<TFloat32> convolved = convolved(tf, images);
      var lock = GraphChanges.lock(tf.scope().env());
      assertWaits(lock, lock.writeLock(), () -> session.run(Feeds.of(images, IMAGE), convolved));
    }
  }

  @Test
  void graphsDoNotWaitForEachOther() {
    try (GraphSession one = GraphSession.open();
        GraphSession other = GraphSession.open()) {
      assertThat(GraphChanges.lock(one.ops().scope().env()))
          .isSameAs(GraphChanges.lock(one.ops().scope().env()))
          .isNotSameAs(GraphChanges.lock(other.ops().scope().env()));
    }
  }

  private static void assertWaits(ReentrantReadWriteLock lock, Lock held, Runnable work)
      throws InterruptedException {
    Thread thread = new Thread(work);
    held.lock();
    try {
      thread.start();
      while (thread.isAlive() && !lock.hasQueuedThread(thread)) {
        Thread.sleep(1);
      }
      assertThat(thread.isAlive()).isTrue();
    } finally {
      held.unlock();
    }
    thread.join();
  }

  private static Operand<TFloat32> images(Ops tf) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4, 4, 1)));
  }

  private static Operand<TFloat32> convolved(Ops tf, Operand<TFloat32> images) {
    var kernel = tf.fill(tf.constant(new int[] {2, 2, 1, 1}), tf.constant(1f));
    return tf.nn.conv2d(images, kernel, List.of(1L, 1L, 1L, 1L), "VALID");
  }
}
