package org.xgradient.benchmarks;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;

/**
 * How long to run a workload.
 *
 * <p>A workload that takes longer than the time given is still run three times after a first time
 * that does not count.
 *
 * @param warmUpSeconds how long to run it before the times count
 * @param seconds how long the times count
 */
record Protocol(double warmUpSeconds, double seconds) {

  static final int MIN_REPETITIONS = 3;
  private static final int MAX_REPETITIONS = 10_000;

  Protocol {
    checkArgument(
        warmUpSeconds >= 0 && seconds >= 0,
        "times must be at least 0 seconds, found %s and %s",
        warmUpSeconds,
        seconds);
  }

  /** Measures a workload that is warm. */
  Timing measure(Workload workload) {
    List<Double> times = new ArrayList<>();
    long start = System.nanoTime();
    while (times.size() < MIN_REPETITIONS
        || (times.size() < MAX_REPETITIONS && since(start) < seconds)) {
      times.add(time(workload));
    }
    return Timing.of(times.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Runs a workload at least once, until the time to warm up is over. */
  void warmUp(Workload workload) {
    long start = System.nanoTime();
    do {
      workload.run();
    } while (since(start) < warmUpSeconds);
  }

  static double time(Workload workload) {
    long start = System.nanoTime();
    workload.run();
    return since(start);
  }

  static double since(long nanoTime) {
    return (System.nanoTime() - nanoTime) * 1e-9;
  }
}
