package org.xgradient.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.graph.network.LargeParameter;

/** How large a process may grow whose Java heap is small. */
public class MachineMemoryTest {

  @TempDir private Path folder;

  @Test
  void nativeCodeMayTakeWhatTheMachineHas() throws Exception {
    assertThat(limit("-Xmx64m")).isEqualTo(MachineMemory.totalBytes());
  }

  @Test
  void aLimitOfTheUsersStays() throws Exception {
    assertThat(limit("-Xmx64m", "-D" + MachineMemory.JAVACPP_LIMIT + "=3g")).isEqualTo(3L << 30);
  }

  @Test
  void initialValuesAreNotOnTheJavaHeap() throws Exception {
    List<String> lines =
        ChildProcess.run(folder, path -> true, List.of("-Xmx64m"), LargeParameter.class);
    assertThat(lines.get(lines.size() - 1)).isEqualTo("built");
  }

  private long limit(String... options) throws Exception {
    List<String> lines =
        ChildProcess.run(folder, path -> true, List.of(options), NativeLimit.class);
    return Long.parseLong(lines.get(lines.size() - 1));
  }
}
