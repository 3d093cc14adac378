package org.xgradient.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.graph.runtime.ComputeDevice;
import org.xgradient.graph.runtime.GpuLibrary;
import org.xgradient.graph.runtime.TensorFlowRuntime;

class DoctorCommandTest {

  private static final ComputeDevice CPU = new ComputeDevice("/device:CPU:0", "CPU", 1 << 28);
  private static final ComputeDevice GPU = new ComputeDevice("/device:GPU:0", "GPU", 1L << 34);

  @Test
  void runsOnThisMachine() {
    assertThat(Commands.run("doctor")).isEqualTo(new Outcome(0, ""));
  }

  @Test
  void saysWhetherConvolutionsHaveWrongGradients() {
    assertThat(DoctorCommand.convolutions(0)).isEqualTo("gradients right");
    assertThat(DoctorCommand.convolutions(7))
        .contains("7 of 55")
        .contains("TF_ENABLE_ONEDNN_OPTS=0");
  }

  @Test
  void saysWhetherAGpuIsUsedAndWhyNot() {
    assertThat(gpu("linux-x86_64-gpu", ImmutableList.of(CPU, GPU), ImmutableList.of()))
        .isEqualTo("used");
    assertThat(gpu("linux-x86_64", ImmutableList.of(CPU), ImmutableList.of()))
        .startsWith("not used: this is the build for the CPU")
        .contains("-Pgpu")
        .contains("linux-x86_64-gpu");
    var driver = new GpuLibrary("libcuda.so.1", "the NVIDIA driver");
    assertThat(gpu("linux-x86_64-gpu", ImmutableList.of(CPU), ImmutableList.of(driver)))
        .isEqualTo("not used: can't load libcuda.so.1 (the NVIDIA driver)");
    assertThat(gpu("linux-x86_64-gpu", ImmutableList.of(CPU), ImmutableList.of()))
        .contains("TensorFlow sees no GPU");
    assertThat(gpu("macosx-arm64", ImmutableList.of(CPU), ImmutableList.of()))
        .isEqualTo("not used: TensorFlow has no build for GPUs on this platform");
  }

  private static String gpu(
      String build, ImmutableList<ComputeDevice> devices, ImmutableList<GpuLibrary> missing) {
    return DoctorCommand.gpu(
        new TensorFlowRuntime("2.18.0", build, build.endsWith("-gpu"), false, devices, missing));
  }
}
