package org.xgradient.graph.runtime;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * A shared library that TensorFlow's build for GPUs loads when it starts. If one of them can't be
 * loaded, TensorFlow computes on the CPU and says so only in its log.
 *
 * @param file the name by which the system's linker finds it
 * @param origin what brings it
 */
public record GpuLibrary(String file, String origin) {

  private static final String DRIVER = "the NVIDIA driver";
  private static final String CUDA = "CUDA 12";

  /**
   * What TensorFlow 2.18 for CUDA loads.
   *
   * @see <a href="https://www.tensorflow.org/install/source#gpu">tested configurations</a>
   */
  static final ImmutableList<GpuLibrary> NEEDED =
      ImmutableList.of(
          new GpuLibrary("libcuda.so.1", DRIVER),
          new GpuLibrary("libcudart.so.12", CUDA),
          new GpuLibrary("libcublas.so.12", CUDA),
          new GpuLibrary("libcublasLt.so.12", CUDA),
          new GpuLibrary("libcufft.so.11", CUDA),
          new GpuLibrary("libcusolver.so.11", CUDA),
          new GpuLibrary("libcusparse.so.12", CUDA),
          new GpuLibrary("libcudnn.so.9", "cuDNN 9"));

  /** {@return those that this process can't load} */
  static ImmutableList<GpuLibrary> missing() {
    return missing(NEEDED);
  }

  static ImmutableList<GpuLibrary> missing(List<GpuLibrary> libraries) {
    return libraries.stream()
        .filter(library -> !library.canBeLoaded())
        .collect(ImmutableList.toImmutableList());
  }

  private boolean canBeLoaded() {
    try {
      Loader.loadGlobal(file);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
