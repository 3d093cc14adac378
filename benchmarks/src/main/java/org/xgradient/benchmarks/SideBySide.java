package org.xgradient.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares two workloads in turn: one run of each, then one of each in the other order, and so on.
 * What slows the machine down for a while slows down both.
 */
final class SideBySide {

  private static final int MIN_ROUNDS = 5;
  private static final int MAX_ROUNDS = 1000;

  /** A round is long enough that one interruption by the system is not all of it. */
  private static final double ROUND_SECONDS = 0.2;

  private SideBySide() {}

  /**
   * Compares two workloads.
   *
   * @param first the numerator
   * @param second the denominator
   * @param protocol how long to warm up each, and to compare both
   * @return the ratio of the median times in each round
   */
  static Timing ratios(Workload first, Workload second, Protocol protocol) {
    protocol.warmUp(first);
    protocol.warmUp(second);
    double pair = Protocol.time(first) + Protocol.time(second);
    int runs = (int) Math.max(1, Math.ceil(ROUND_SECONDS / pair));

    List<Double> ratios = new ArrayList<>();
    long start = System.nanoTime();
    while (ratios.size() < MIN_ROUNDS
        || (ratios.size() < MAX_ROUNDS && Protocol.since(start) < protocol.seconds())) {
      ratios.add(round(first, second, runs));
    }
    return Timing.of(ratios.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double round(Workload first, Workload second, int runs) {
    double[] firstTimes = new double[runs];
    double[] secondTimes = new double[runs];
    for (int i = 0; i < runs; i++) {
      if (i % 2 == 0) {
        firstTimes[i] = Protocol.time(first);
        secondTimes[i] = Protocol.time(second);
      } else {
        secondTimes[i] = Protocol.time(second);
        firstTimes[i] = Protocol.time(first);
      }
    }
    return Timing.of(firstTimes).median() / Timing.of(secondTimes).median();
  }
}
