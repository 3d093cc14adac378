package org.xgradient.cli.model;

import java.util.StringJoiner;
import org.xgradient.data.Provenance;
import org.xgradient.graph.ConvolutionProbe;
import org.xgradient.graph.runtime.ComputeDevice;
import org.xgradient.graph.runtime.GpuLibrary;
import org.xgradient.graph.runtime.TensorFlowRuntime;
import picocli.CommandLine.Command;

/** {@code xgradient doctor}. */
@Command(
    name = "doctor",
    description = {
      "Say what computes here: which TensorFlow, which native build, which devices, how many"
          + " threads, and whether a GPU is used or what it lacks."
    },
    sortOptions = false)
public final class DoctorCommand implements Runnable {

  private static final String GPU_PLATFORM = "linux-x86_64";

  @SuppressWarnings("NullAway.Init")
  DoctorCommand() {}

  @Override
  public void run() {
    Provenance.ofThisProcess().facts().forEach(DoctorCommand::print);
    TensorFlowRuntime runtime = TensorFlowRuntime.find();
    print("TensorFlow", runtime.version());
    print("native build", runtime.nativeBuild());
    print("native folder", TensorFlowRuntime.nativeFolder() + ", where no other user can write");
    runtime.devices().forEach(device -> print("device", describe(device)));
    print("threads", threads(Runtime.getRuntime().availableProcessors()));
    print("GPU", gpu(runtime));
    print("convolutions", convolutions(ConvolutionProbe.wrongGradients()));
    if (runtime.severalBuilds()) {
      print(
          "problem",
          "the builds of TensorFlow for the CPU and for GPUs are both on the class path; take one"
              + " away");
    }
  }

  private static void print(String name, String fact) {
    System.out.printf("%-13s %s%n", name, fact);
  }

  private static String describe(ComputeDevice device) {
    return device.isGpu()
        ? "%s, %,d MB".formatted(device.name(), device.memoryBytes() >> 20)
        : device.name();
  }

  private static String threads(int cores) {
    return "%d inside an operation, %d operations at a time: one a core".formatted(cores, cores);
  }

  /** {@return what wrong gradients of convolutions, counted in a probe, mean} */
  static String convolutions(int wrong) {
    return wrong == 0
        ? "gradients right"
        : "TensorFlow gets %d of %d gradients of convolutions wrong here (oneDNN); xgradient goes"
                .formatted(wrong, ConvolutionProbe.GRADIENTS)
            + " around it, other programs need TF_ENABLE_ONEDNN_OPTS=0";
  }

  /** {@return whether a GPU is used, and if not, why} */
  static String gpu(TensorFlowRuntime runtime) {
    if (runtime.usesGpu()) {
      return "used";
    }
    if (!runtime.missingGpuLibraries().isEmpty()) {
      StringJoiner missing = new StringJoiner(", ");
      for (GpuLibrary library : runtime.missingGpuLibraries()) {
        missing.add("%s (%s)".formatted(library.file(), library.origin()));
      }
      return "not used: can't load " + missing;
    }
    if (runtime.gpuBuild()) {
      return "not used: every library is there, but TensorFlow sees no GPU; nvidia-smi shows what"
          + " the driver sees, and the variable CUDA_VISIBLE_DEVICES may hide it";
    }
    if (runtime.nativeBuild().equals(GPU_PLATFORM)) {
      return "not used: this is the build for the CPU; build with mvn -Pgpu, or take the classifier "
          + GPU_PLATFORM
          + "-gpu";
    }
    return "not used: TensorFlow has no build for GPUs on this platform";
  }
}
