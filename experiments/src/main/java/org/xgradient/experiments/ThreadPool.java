package org.xgradient.experiments;

import java.util.function.BiConsumer;

/**
 * Threads of this process.
 *
 * @param count how many
 */
record ThreadPool(int count) implements WorkerPool {

  /** A piece and what came of it. */
  private record Row<T, R>(T task, R result) {}

  /** Says which piece a result is of. */
  private record Recording<T, R>(Workers.Worker<T, R> worker)
      implements Workers.Worker<T, Row<T, R>> {
    @Override
    public Row<T, R> run(T task) {
      return new Row<>(task, worker.run(task));
    }

    @Override
    public void close() {
      worker.close();
    }
  }

  @Override
  public <C, T, R> void run(Job<C, T, R> job, BiConsumer<? super T, ? super R> finished) {
    Workers.run(
        () -> new Recording<>(job.work().workers().get()),
        count,
        job.tasks(),
        (Row<T, R> row) -> finished.accept(row.task(), row.result()));
  }
}
