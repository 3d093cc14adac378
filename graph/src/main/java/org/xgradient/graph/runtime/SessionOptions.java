package org.xgradient.graph.runtime;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * How and where a session computes.
 *
 * @param intraOpThreads the number of threads inside one operation; 0 for one a core
 * @param interOpThreads the number of operations at a time; 0 for one a core, {@link #CALLER} for
 *     the thread that asks
 * @param gpuMemoryGrowth whether GPU memory is taken as it is needed, and not all at the start
 * @param placement on which device
 * @param fusing whether TensorFlow may compute several operations in one
 */
public record SessionOptions(
    int intraOpThreads,
    int interOpThreads,
    boolean gpuMemoryGrowth,
    Placement placement,
    boolean fusing) {

  /**
   * Operations run one after the other in the thread that asks for them; the parts of one operation
   * in as many threads as are given for them.
   */
  public static final int CALLER = -1;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number of threads is negative, but for {@link #CALLER}
   */
  public SessionOptions {
    checkArgument(
        intraOpThreads >= 0 && interOpThreads >= CALLER,
        "numbers of threads must be at least 0 inside an operation, and at least 0 or CALLER (-1)"
            + " for operations at a time, found %s and %s",
        intraOpThreads,
        interOpThreads);
  }

  /** {@return one thread a core, a GPU where there is one, GPU memory as needed, fusing} */
  public static SessionOptions withDefaults() {
    return new SessionOptions(0, 0, true, Placement.automatic(), true);
  }

  /**
   * One thread only: results do not depend on how many cores there are.
   *
   * @return the options
   */
  public static SessionOptions singleThreaded() {
    return withDefaults().withThreads(1, 1);
  }

  /**
   * One thread for each caller: as many compute at a time as ask, each with the results of {@link
   * #singleThreaded()}. Sessions of one thread share it with all others of the process.
   *
   * @return the options
   */
  public static SessionOptions inCallersThread() {
    return withDefaults().withThreads(1, CALLER);
  }

  /**
   * {@return these options with other numbers of threads}
   *
   * @param intraOpThreads the number of threads inside one operation; 0 for one a core
   * @param interOpThreads the number of operations at a time; 0 for one a core, {@link #CALLER} for
   *     the thread that asks
   * @throws IllegalArgumentException if a number is negative, but for {@link #CALLER}
   */
  public SessionOptions withThreads(int intraOpThreads, int interOpThreads) {
    return new SessionOptions(intraOpThreads, interOpThreads, gpuMemoryGrowth, placement, fusing);
  }

  /**
   * {@return these options with another way to take GPU memory}
   *
   * @param gpuMemoryGrowth whether it is taken as it is needed, and not all at the start
   */
  public SessionOptions withGpuMemoryGrowth(boolean gpuMemoryGrowth) {
    return new SessionOptions(intraOpThreads, interOpThreads, gpuMemoryGrowth, placement, fusing);
  }

  /**
   * {@return these options with another placement}
   *
   * @param placement on which device
   */
  public SessionOptions withPlacement(Placement placement) {
    return new SessionOptions(intraOpThreads, interOpThreads, gpuMemoryGrowth, placement, fusing);
  }

  /**
   * These options with or without operations that are computed in one, such as a convolution, its
   * bias and its ReLU. With oneDNN, TensorFlow 2.18 takes {@code max(x, c x)} for a leaky ReLU
   * while it is at it, also where {@code c} is above 1, which gives the minimum. A {@link
   * org.xgradient.graph.GraphSession} leaves fusing out by itself where its graph has a maximum of
   * two computed numbers at the first run.
   *
   * @param fusing whether to compute several operations in one
   * @return the options
   */
  public SessionOptions withFusing(boolean fusing) {
    return new SessionOptions(intraOpThreads, interOpThreads, gpuMemoryGrowth, placement, fusing);
  }

  /**
   * {@return this in TensorFlow's words}
   *
   * @throws NativeTensorFlowException if TensorFlow's native library is missing
   * @throws IllegalArgumentException if TensorFlow doesn't see the GPU that was asked for
   */
  public ConfigProto toProto() {
    NativeTensorFlow.require();
    GPUOptions.Builder gpu = GPUOptions.newBuilder().setAllowGrowth(gpuMemoryGrowth);
    ConfigProto.Builder session =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(intraOpThreads)
            .setInterOpParallelismThreads(interOpThreads)
            .setAllowSoftPlacement(true);
    if (!fusing) {
      session
          .getGraphOptionsBuilder()
          .getRewriteOptionsBuilder()
          .setRemapping(RewriterConfig.Toggle.OFF);
    }
    if (placement instanceof Placement.Cpu) {
      session.putDeviceCount(ComputeDevice.GPU, 0);
    } else if (placement instanceof Placement.Gpu one) {
      gpu.setVisibleDeviceList(String.valueOf(one.index()));
    }
    ConfigProto config = session.setGpuOptions(gpu).build();
    if (placement instanceof Placement.Gpu one) {
      checkSeesGpu(one, config);
    }
    return config;
  }

  private static void checkSeesGpu(Placement.Gpu wanted, ConfigProto config) {
    checkArgument(
        ComputeDevice.of(config).stream().anyMatch(ComputeDevice::isGpu),
        "the placement must be on a device that TensorFlow sees, found GPU %s where it sees no"
            + " GPU; TensorFlowRuntime.find() says why",
        wanted.index());
  }
}
