/**
 * The workloads that the project is measured on, and a small harness to measure them.
 *
 * <p>A {@link org.xgradient.benchmarks.Benchmark} is measured in a process of its own, for its peak
 * memory is of interest too; two are compared side by side in one process, because the speed of a
 * machine drifts more between processes than the ratios do that we want to know. JMH does neither,
 * and what it does beyond this harness is aimed at work of nanoseconds: here one repetition takes
 * from half a millisecond to a minute, nearly all of it in native code, and ends with values copied
 * into Java arrays, so that no compiler can leave it out.
 */
@NullMarked
package org.xgradient.benchmarks;

import org.jspecify.annotations.NullMarked;
