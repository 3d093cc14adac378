package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableMap;
import org.xgradient.graph.GraphSession;

/**
 * A named piece of work to be measured.
 *
 * @param name the name, such as {@code W1.xgrad}
 * @param params what else describes the work
 * @param units how many equal parts the work has; times are those of one
 * @param gigaFlop the billions of floating-point operations of the matrix products and convolutions
 *     of one part, a multiplication and an addition counted as two; 0 if not counted
 * @param setup makes it ready; not part of the time
 */
record Benchmark(
    String name, ImmutableMap<String, Object> params, int units, double gigaFlop, Setup setup) {

  /** Makes a workload ready. */
  @FunctionalInterface
  interface Setup {

    /**
     * Adds all operations that the work needs, and gives variables their values.
     *
     * @param session the session, borrowed
     * @return the work
     */
    Workload prepare(GraphSession session);
  }

  /** A benchmark of one unit whose operations are not counted. */
  static Benchmark of(String name, ImmutableMap<String, Object> params, Setup setup) {
    return new Benchmark(name, params, 1, 0, setup);
  }

  Benchmark withGigaFlop(double count) {
    return new Benchmark(name, params, units, count, setup);
  }

  Benchmark withUnits(int count) {
    return new Benchmark(name, params, count, gigaFlop, setup);
  }
}
