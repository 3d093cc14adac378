package org.xgradient.benchmarks.growth;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * What some work costs at some sizes.
 *
 * @param work what is done
 * @param size what grows
 * @param sizes the sizes, increasing, at least two
 * @param seconds the time at each size
 * @param megabytes the peak of resident memory at each; empty if it was not looked at
 */
record GrowthLine(
    String work,
    String size,
    ImmutableDoubleArray sizes,
    ImmutableDoubleArray seconds,
    ImmutableDoubleArray megabytes) {

  /**
   * By which power of the size the time grows at the end: 1 is in proportion. At the beginning it
   * is what has to be done in any case that counts.
   */
  double slopeOfTime() {
    return slope(seconds);
  }

  /** By which power of the size the memory grows at the end: 0 is not at all. */
  double slopeOfMemory() {
    return slope(megabytes);
  }

  private double slope(ImmutableDoubleArray values) {
    int last = sizes.length() - 1;
    return Math.log(values.get(last) / values.get(last - 1))
        / Math.log(sizes.get(last) / sizes.get(last - 1));
  }
}
