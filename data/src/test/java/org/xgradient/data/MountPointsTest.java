package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MountPointsTest {

  @Test
  void aDirectoryIsNone(@TempDir Path folder) throws Exception {
    Path directory = Files.createDirectory(folder.resolve("out"));
    assertThat(MountPoints.isOne(directory)).isFalse();
    assertThat(MountPoints.isOne(folder.resolve("none"))).isFalse();
    AtomicFiles.checkNoFile(directory);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatCanNotBeReplacedIsToldBeforeTheWork() {
    Path mounted = Path.of("/proc");
    assertThat(MountPoints.isOne(mounted)).isTrue();
    assertThatThrownBy(() -> AtomicFiles.checkNoFile(mounted))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("another file system begins");
  }
}
