package org.xgradient.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {

  /** Notes who used it and whether it was closed. */
  private static final class Counter implements Workers.Worker<Integer, Integer> {
    private final Set<Thread> threads;
    private final AtomicInteger closed;

    Counter(Set<Thread> threads, AtomicInteger closed) {
      this.threads = threads;
      this.closed = closed;
    }

    @Override
    public Integer run(Integer task) {
      threads.add(Thread.currentThread());
      return task * task;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void doesAllPiecesAndClosesTheWorkers() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger closed = new AtomicInteger();
    List<Integer> results = new ArrayList<>();
    List<Integer> tasks = IntStream.range(0, 100).boxed().toList();
    Workers.run(() -> new Counter(threads, closed), 3, tasks, results::add);
    assertThat(results).hasSize(100).contains(0, 81, 99 * 99);
    assertThat(threads).hasSizeBetween(1, 3).doesNotContain(Thread.currentThread());
    assertThat(closed).hasValue(3);
  }

  @Test
  void worksOnSeveralPiecesAtATime() {
    var barrier = new CyclicBarrier(2);
    List<Boolean> results = new ArrayList<>();
    Workers.run(
        () ->
            task -> {
              try {
                barrier.await(20, TimeUnit.SECONDS);
                return true;
              } catch (Exception e) {
                return false;
              }
            },
        2,
        List.of(1, 2),
        results::add);
    assertThat(results).containsExactly(true, true);
  }

  @Test
  void passesOnWhatAWorkerThrows() {
    assertThatThrownBy(
            () ->
                Workers.<Integer, Integer>run(
                    () ->
                        task -> {
                          throw new IllegalArgumentException("no");
                        },
                    1,
                    List.of(1),
                    result -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
  }
}
