package org.xgradient.benchmarks;

import org.xgradient.data.FloatArray;

/** A piece of work, made ready once and then run again and again. */
@FunctionalInterface
interface Workload {

  /**
   * Does the work once.
   *
   * @return what it fetched
   */
  FloatArray run();
}
