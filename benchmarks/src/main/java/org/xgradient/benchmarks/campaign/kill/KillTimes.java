package org.xgradient.benchmarks.campaign.kill;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * When to end a process: by the processor time that it has taken, so that it does not matter what
 * else the machine has to do.
 *
 * @param starting the processor time until TensorFlow is loaded, in nanoseconds
 * @param all that of the whole run
 */
record KillTimes(long starting, long all) {

  /** One of so many moments is before the work. */
  private static final int STARTING_SHARE = 4;

  private static final long POLL_MILLIS = 5;

  /** Measures a process to its end. */
  static KillTimes measure(Process process) throws InterruptedException {
    long starting = 0;
    long all = 0;
    boolean loaded = false;
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      all = Math.max(all, taken(process));
      loaded |= KillMoment.hasLoadedTensorFlow(process);
      starting = loaded ? starting : all;
    }
    return new KillTimes(starting, all);
  }

  /** A random moment: more of them at work than its short time would get. */
  long draw(SplittableRandom random) {
    return random.nextInt(STARTING_SHARE) == 0
        ? random.nextLong(starting)
        : random.nextLong(starting, all);
  }

  /** Waits for a moment; tells if the process has ended before. */
  static boolean endsBefore(Process process, long nanos) throws InterruptedException {
    while (taken(process) < nanos) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  private static long taken(Process process) {
    try (Stream<ProcessHandle> all = all(process)) {
      return all.mapToLong(each -> each.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
          .sum();
    }
  }

  /** A process, or the one that it stands before. */
  static Stream<ProcessHandle> all(Process process) {
    List<ProcessHandle> behind = process.descendants().toList();
    return behind.isEmpty() ? Stream.of(process.toHandle()) : behind.stream();
  }
}
