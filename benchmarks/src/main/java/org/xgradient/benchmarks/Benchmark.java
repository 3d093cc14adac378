package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableMap;
import org.xgradient.graph.GraphSession;

/**
 * A named piece of work to be measured.
 *
 * @param name the name, such as {@code W1.xgrad}
 * @param params what else describes the work
 * @param setup makes it ready; not part of the time
 */
record Benchmark(String name, ImmutableMap<String, Object> params, Setup setup) {

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
}
