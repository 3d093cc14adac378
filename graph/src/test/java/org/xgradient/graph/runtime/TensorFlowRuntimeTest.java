package org.xgradient.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;
import org.xgradient.graph.GraphSession;

class TensorFlowRuntimeTest {

  @Test
  void findsTheNativeBuildAndItsDevices() {
    TensorFlowRuntime runtime = TensorFlowRuntime.find();
    assertThat(runtime.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(runtime.nativeBuild())
        .isEqualTo(NativeTensorFlow.platform() + (runtime.gpuBuild() ? "-gpu" : ""));
    assertThat(runtime.severalBuilds()).isFalse();
    assertThat(runtime.devices())
        .anySatisfy(device -> assertThat(device.name()).isEqualTo("/device:CPU:0"));
    assertThat(runtime.usesGpu())
        .isEqualTo(runtime.devices().stream().anyMatch(device -> device.type().equals("GPU")));
    if (runtime.usesGpu() || !runtime.gpuBuild()) {
      assertThat(runtime.missingGpuLibraries()).isEmpty();
    }
  }

  @Test
  void namesTheLibrariesThatCannotBeLoaded() {
    var absent = new GpuLibrary("libof-no-such-name.so.1", "nothing");
    assertThat(GpuLibrary.missing(List.of(absent))).containsExactly(absent);
  }

  @Test
  void placesSessions() {
    SessionOptions options = SessionOptions.withDefaults();
    assertThat(options.toProto().getGpuOptions().getAllowGrowth()).isTrue();
    assertThat(options.toProto().getDeviceCountMap()).isEmpty();
    ConfigProto cpu = options.withPlacement(Placement.cpu()).withGpuMemoryGrowth(false).toProto();
    assertThat(cpu.getGpuOptions().getAllowGrowth()).isFalse();
    assertThat(cpu.getDeviceCountMap()).containsEntry("GPU", 0);
    assertThat(ComputeDevice.of(cpu)).extracting(ComputeDevice::type).containsOnly("CPU");
  }

  @Test
  void refusesAGpuThatIsNotThere() {
    assertThatThrownBy(() -> Placement.gpu(-1)).hasMessageContaining("must be at least 0");
    assumeFalse(TensorFlowRuntime.find().usesGpu(), "this machine has a GPU");
    SessionOptions onGpu = SessionOptions.withDefaults().withPlacement(Placement.gpu(0));
    assertThatThrownBy(() -> GraphSession.open(onGpu))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be on a device that TensorFlow sees, found GPU 0");
  }

  @Test
  void refusesNegativeNumbersOfThreads() {
    SessionOptions options = SessionOptions.withDefaults();
    assertThatThrownBy(() -> options.withThreads(-1, 0))
        .hasMessage(
            "numbers of threads must be at least 0 inside an operation, and at least 0 or CALLER (-1)"
                + " for operations at a time, found -1 and 0");
  }
}
