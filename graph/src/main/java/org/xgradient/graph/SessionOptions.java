package org.xgradient.graph;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How a session computes.
 *
 * @param intraOpThreads the number of threads inside one operation; 0 for one a core
 * @param interOpThreads the number of operations at a time; 0 for one a core
 * @param gpuMemoryGrowth whether GPU memory is taken as it is needed, and not all at the start
 */
public record SessionOptions(int intraOpThreads, int interOpThreads, boolean gpuMemoryGrowth) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number of threads is negative
   */
  public SessionOptions {
    checkArgument(
        intraOpThreads >= 0 && interOpThreads >= 0,
        "numbers of threads must be at least 0, found %s and %s",
        intraOpThreads,
        interOpThreads);
  }

  /** {@return one thread a core, GPU memory as needed} */
  public static SessionOptions withDefaults() {
    return new SessionOptions(0, 0, true);
  }

  /**
   * One thread only: results do not depend on how many cores there are.
   *
   * @return the options
   */
  public static SessionOptions singleThreaded() {
    return new SessionOptions(1, 1, true);
  }

  ConfigProto toProto() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(intraOpThreads)
        .setInterOpParallelismThreads(interOpThreads)
        .setAllowSoftPlacement(true)
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(gpuMemoryGrowth))
        .build();
  }
}
