package org.xgradient.experiments;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does independent tasks on several workers at a time. */
public final class Workers {

  private Workers() {}

  /**
   * Does one task after another, on one thread at a time; keeps what it can use again, such as
   * graphs.
   *
   * <p>Where a result must not depend on how many workers there are, it must be a function of the
   * task alone: everything random comes from a seed that is derived from it, and sessions compute
   * with one thread ({@link org.xgradient.graph.runtime.SessionOptions#singleThreaded()}).
   *
   * @param <T> what there is to do
   * @param <R> what came out
   */
  @FunctionalInterface
  public interface Worker<T, R> extends AutoCloseable {

    /**
     * Does a task.
     *
     * @param task the task
     * @return what came out
     */
    R run(T task);

    /** Closes what is kept; nothing by default. */
    @Override
    default void close() {}
  }

  /**
   * Does tasks.
   *
   * @param workers makes a worker
   * @param count the number of workers, at most one for each task
   * @param tasks what to do
   * @param finished told of each result on the calling thread, in the order in which they finish
   * @param <T> what there is to do
   * @param <R> what came out
   * @throws CancellationException if the thread was interrupted
   */
  public static <T, R> void run(
      Supplier<? extends Worker<T, R>> workers, int count, List<T> tasks, Consumer<R> finished) {
    int threads = Math.max(1, Math.min(count, tasks.size()));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    BlockingQueue<Worker<T, R>> idle = new LinkedBlockingQueue<>();
    try {
      for (int i = 0; i < threads; i++) {
        idle.add(workers.get());
      }
      CompletionService<R> done = new ExecutorCompletionService<>(pool);
      for (T task : tasks) {
        done.submit(() -> runOn(idle, task));
      }
      report(done, tasks.size(), finished);
    } finally {
      shutDown(pool);
      idle.forEach(Worker::close);
    }
  }

  private static <T, R> R runOn(BlockingQueue<Worker<T, R>> idle, T task)
      throws InterruptedException {
    Worker<T, R> worker = idle.take();
    try {
      return worker.run(task);
    } finally {
      idle.add(worker);
    }
  }

  private static <R> void report(CompletionService<R> done, int count, Consumer<R> finished) {
    for (int i = 0; i < count; i++) {
      try {
        finished.accept(done.take().get());
      } catch (InterruptedException e) {
        throw new CancellationException("interrupted after %s of %s tasks".formatted(i, count));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException("a task failed", e.getCause());
      }
    }
  }

  private static void shutDown(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = false;
    // Sessions may only be closed when nothing runs in them.
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
