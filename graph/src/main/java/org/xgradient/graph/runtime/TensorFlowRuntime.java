package org.xgradient.graph.runtime;

import com.google.common.collect.ImmutableList;
import org.tensorflow.TensorFlow;

/**
 * The TensorFlow that computes here: which one, which native build, on which devices.
 *
 * @param version TensorFlow's version
 * @param nativeBuild the classifier of the native build, such as {@code linux-x86_64}
 * @param gpuBuild whether that build can use a GPU
 * @param severalBuilds whether the builds for the CPU and for GPUs are both on the class path;
 *     which of them is loaded is then a matter of chance, and one should be taken away
 * @param devices what TensorFlow sees
 * @param missingGpuLibraries the libraries that a build for GPUs needs and can't load; empty for
 *     other builds
 */
public record TensorFlowRuntime(
    String version,
    String nativeBuild,
    boolean gpuBuild,
    boolean severalBuilds,
    ImmutableList<ComputeDevice> devices,
    ImmutableList<GpuLibrary> missingGpuLibraries) {

  /**
   * Loads TensorFlow and asks it.
   *
   * @return what was found
   * @throws NativeTensorFlowException if TensorFlow's native library is missing
   */
  public static TensorFlowRuntime find() {
    NativeTensorFlow.require();
    boolean gpuBuild = NativeTensorFlow.isGpuBuild();
    return new TensorFlowRuntime(
        TensorFlow.version(),
        NativeTensorFlow.platform() + (gpuBuild ? NativeTensorFlow.GPU_SUFFIX : ""),
        gpuBuild,
        NativeTensorFlow.isPresent("") && NativeTensorFlow.isPresent(NativeTensorFlow.GPU_SUFFIX),
        ComputeDevice.of(SessionOptions.withDefaults().toProto()),
        gpuBuild ? GpuLibrary.missing() : ImmutableList.of());
  }

  /** {@return the folder that native code was unpacked to, and is loaded from} */
  public static String nativeFolder() {
    return NativeFolder.chosen();
  }

  /** {@return whether sessions compute on a GPU unless they are told otherwise} */
  public boolean usesGpu() {
    return devices.stream().anyMatch(ComputeDevice::isGpu);
  }
}
