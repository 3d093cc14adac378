package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.format.Idx;
import org.xgradient.data.format.Npy;
import org.xgradient.data.format.Npz;
import org.xgradient.data.format.TfRecords;
import org.xgradient.data.image.ImageFolder;
import org.xgradient.data.table.reading.TableReader;

class RegularFilesTest {

  @TempDir Path directory;

  @Test
  void readsWhatIsThere() throws Exception {
    Path file = Files.writeString(directory.resolve("text"), "Grüße");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThat(RegularFiles.readText(link, 7)).isEqualTo("Grüße");
  }

  @Test
  void readsNoMoreThanIsExpected() throws Exception {
    Path file = Files.writeString(directory.resolve("text"), "12345");
    assertThatThrownBy(() -> RegularFiles.read(file, 4))
        .isInstanceOf(DataException.class)
        .hasMessage(file + " must have at most 4 bytes, found 5");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void waitsForNoPipe() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> RegularFiles.read(pipe, 4))
                .isInstanceOf(DataException.class)
                .hasMessage(pipe + " must be a file, found a pipe or a device"));
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> ImageFolder.classesIn(pipe))
                .isInstanceOf(DataException.class)
                .hasMessage(pipe + " must be a directory, found a pipe or a device"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNotCalledMissing() throws Exception {
    Path file = Files.writeString(directory.resolve("weights"), "1");
    ChecksumManifest.write(directory);
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> ChecksumManifest.verify(directory))
        .isInstanceOf(DataException.class)
        .hasMessage(file + " must be a file, found a pipe or a device");
  }

  @Test
  void aPointerOfGitLfsIsNotTheFile() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("weights.pth"),
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 123456\n");
    String told =
        file + " is a pointer of Git LFS and not the file itself; fetch it by git lfs pull";
    assertThatThrownBy(() -> RegularFiles.check(file)).hasMessage(told);
    assertThatThrownBy(() -> RegularFiles.open(file)).hasMessage(told);
    assertThatThrownBy(() -> RegularFiles.read(file, 1 << 20)).hasMessage(told);
    assertThatThrownBy(() -> Npy.read(file)).hasMessage(told);
    assertThatThrownBy(() -> Npz.read(file)).hasMessage(told);
    assertThatThrownBy(() -> Idx.read(file)).hasMessage(told);
    assertThatThrownBy(() -> TfRecords.open(file)).hasMessage(told);
    assertThatThrownBy(() -> TableReader.withDefaults().read(file)).hasMessage(told);
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThatThrownBy(() -> RegularFiles.read(directory, 4))
        .isInstanceOf(DataException.class)
        .hasMessage(directory + " must be a file, found a directory");
  }

  @Test
  void textMustBeUtf8() throws Exception {
    Path file = Files.write(directory.resolve("text"), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> RegularFiles.readText(file, 4))
        .isInstanceOf(DataException.class)
        .hasMessage(file + " must be a text in UTF-8; copy it anew");
  }
}
