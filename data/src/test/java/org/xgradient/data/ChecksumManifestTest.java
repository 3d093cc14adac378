package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumManifestTest {

  @TempDir Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(directory.resolve("b.txt"), "abc");
    Files.createDirectory(directory.resolve("a"));
    Files.writeString(directory.resolve("a/c.txt"), "");
  }

  @Test
  void listsFilesAsSha256sumDoes() throws IOException {
    ChecksumManifest.write(directory);
    // The published test vectors of SHA-256: the empty message, and "abc" (FIPS 180-2, App. B.1).
    assertThat(directory.resolve(ChecksumManifest.FILE))
        .hasContent(
            """
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a/c.txt
            ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.txt
            """);
    assertThat(ChecksumManifest.verify(directory)).containsExactly("a/c.txt", "b.txt");
  }

  @Test
  void anEarlierListIsReplaced() throws IOException {
    assertThat(ChecksumManifest.exists(directory)).isFalse();
    ChecksumManifest.write(directory);
    Files.delete(directory.resolve("b.txt"));
    ChecksumManifest.write(directory);
    assertThat(ChecksumManifest.exists(directory)).isTrue();
    assertThat(ChecksumManifest.verify(directory)).containsExactly("a/c.txt");
  }

  @Test
  void namesTheFileThatHasChanged() throws IOException {
    ChecksumManifest.write(directory);
    Files.writeString(directory.resolve("b.txt"), "abd");
    assertThatThrownBy(() -> ChecksumManifest.verify(directory))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s is damaged: its checksum must be ba7816bf..., found a52d159f...; copy the directory"
                    .formatted(directory.resolve("b.txt"))
                + " anew");
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    ChecksumManifest.write(directory);
    Files.delete(directory.resolve("a/c.txt"));
    assertThatThrownBy(() -> ChecksumManifest.verify(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("c.txt is missing, which checksums.sha256 lists");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside.txt", "/etc/hostname", "a/../../outside.txt"})
  void refusesFilesOutsideTheDirectory(String name) throws IOException {
    String line = Checksums.sha256(new byte[0]) + "  " + name;
    Files.writeString(directory.resolve(ChecksumManifest.FILE), line);
    assertThatThrownBy(() -> ChecksumManifest.verify(directory))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("lists '" + name + "', which is not in the directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc  b.txt", "garbage", "\0\1\2"})
  void refusesADamagedList(String line) throws IOException {
    Files.writeString(directory.resolve(ChecksumManifest.FILE), "\n" + line);
    assertThatThrownBy(() -> ChecksumManifest.verify(directory))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("is damaged: line 1 must be a checksum, two spaces and a file");
  }

  @Test
  void refusesAListThatIsTooLong() throws IOException {
    Files.write(directory.resolve(ChecksumManifest.FILE), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> ChecksumManifest.verify(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must have at most 1048576 bytes, found 1048577");
  }

  @Test
  void refusesAListThatNamesAFileTwice() throws IOException {
    String line = Checksums.sha256(directory.resolve("b.txt")) + "  ";
    Files.writeString(
        directory.resolve(ChecksumManifest.FILE), line + "b.txt\n" + line + "a/../b.txt\n");
    assertThatThrownBy(() -> ChecksumManifest.verify(directory))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("is damaged: it lists 'a/../b.txt' twice");
  }

  @Test
  void refusesAListThatNamesALargeFileByManyLinks() throws IOException {
    String line = Checksums.sha256(directory.resolve("b.txt")) + "  ";
    Files.createLink(directory.resolve("hard"), directory.resolve("b.txt"));
    Files.writeString(directory.resolve(ChecksumManifest.FILE), line + "b.txt\n" + line + "hard\n");
    assertThatThrownBy(() -> ChecksumManifest.verify(directory))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("it lists one file as 'b.txt' and 'hard'");
  }

  @Test
  void aListSaysWhatItLeavesOut() throws IOException {
    ChecksumManifest.write(directory);
    Files.writeString(directory.resolve("more.txt"), "x");
    ChecksumManifest list = ChecksumManifest.read(directory);
    list.requireListed("b.txt");
    assertThatThrownBy(() -> list.requireListed("more.txt"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("more.txt is not listed in checksums.sha256");
  }
}
