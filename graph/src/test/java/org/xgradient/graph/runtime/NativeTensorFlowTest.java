package org.xgradient.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who forgot the native library, in processes that lack it. */
class NativeTensorFlowTest {

  @TempDir private Path folder;

  @Test
  void saysWhichArtifactToAdd() throws Exception {
    List<String> lines = run();
    assertThat(lines).hasSize(4);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("NativeTensorFlowException: TensorFlow's native library is missing")
                    .contains(
                        "add tensorflow-core-native with classifier " + NativeTensorFlow.platform())
                    .contains("group org.tensorflow"));
  }

  @Test
  void saysWhichPlatformsThereAreOnAnother() throws Exception {
    assertThat(run("-Dorg.bytedeco.javacpp.platform=linux-riscv64"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "NativeTensorFlowException: TensorFlow has no native library for"
                            + " linux-riscv64; there are builds for linux-x86_64, linux-arm64,"
                            + " macosx-arm64, windows-x86_64"));
  }

  private List<String> run(String... options) throws Exception {
    return ChildProcess.run(
        folder,
        path -> !path.matches(".*tensorflow-core-native-[^/\\\\]*-(linux|macosx|windows)[^/\\\\]*"),
        List.of(options),
        WithoutNative.class,
        folder.toString());
  }
}
