package org.xgradient.training.experiments;

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
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.xgradient.data.table.PreparedTable;

/**
 * Trains arms on the same repeated splits of a table (FAA, Sec. 4.3 and App. B.3): the networks of
 * a repetition start from the same seed and see the same rows, so that differences can be tested in
 * pairs.
 *
 * <p>Every result is a function of the options, the arm, the weight and the repetition; neither the
 * order nor the number of workers changes a bit of it.
 */
public final class SparsityStudy {

  private final IntFunction<PreparedTable> data;
  private final StudyOptions options;
  private final LongAdder buildingNanos = new LongAdder();

  /**
   * One training to do.
   *
   * @param arm the arm
   * @param lambda the weight of its prior, ignored without one
   * @param repetition the number of the repetition, from 0
   */
  public record Task(Arm arm, double lambda, int repetition) {}

  /**
   * A study of a table.
   *
   * @param data gives the split and preprocessed table of a repetition, of a binary task; called
   *     from several threads
   * @param options how to train
   */
  public SparsityStudy(IntFunction<PreparedTable> data, StudyOptions options) {
    this.data = data;
    this.options = options;
  }

  /**
   * Does trainings.
   *
   * @param tasks what to do
   * @param finished told of each training on the calling thread, in the order in which they finish
   * @throws CancellationException if the thread was interrupted
   */
  public void run(List<Task> tasks, Consumer<StudyRun> finished) {
    int workers = Math.max(1, Math.min(options.workers(), tasks.size()));
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    BlockingQueue<StudyWorker> idle = new LinkedBlockingQueue<>();
    try {
      for (int i = 0; i < workers; i++) {
        idle.add(new StudyWorker(data, options, buildingNanos));
      }
      CompletionService<StudyRun> done = new ExecutorCompletionService<>(pool);
      for (Task task : tasks) {
        done.submit(() -> runOn(idle, task));
      }
      report(done, tasks.size(), finished);
    } finally {
      shutDown(pool);
      idle.forEach(StudyWorker::close);
    }
  }

  /** {@return the time that all workers together spent on building graphs, in seconds} */
  public double buildingSeconds() {
    return buildingNanos.sum() / 1e9;
  }

  private static StudyRun runOn(BlockingQueue<StudyWorker> idle, Task task)
      throws InterruptedException {
    StudyWorker worker = idle.take();
    try {
      return worker.run(task);
    } finally {
      idle.add(worker);
    }
  }

  private static void report(
      CompletionService<StudyRun> done, int count, Consumer<StudyRun> finished) {
    for (int i = 0; i < count; i++) {
      try {
        finished.accept(done.take().get());
      } catch (InterruptedException e) {
        throw new CancellationException(
            "the study was interrupted after %d of %d trainings".formatted(i, count));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException("a training of the study failed", e.getCause());
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
