package org.xgradient.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumsTest {

  /** The digest of "abc" in FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void isSha256() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(Checksums.sha256(file)).isEqualTo(ABC);
    assertThat(Checksums.sha256("abc".getBytes(UTF_8))).isEqualTo(ABC);
  }

  @Test
  void aFoldersChecksumDependsOnNamesAndContents() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "abc");
    Path two = Files.writeString(folder.resolve("two"), "abc");
    String both = Checksums.sha256(folder, List.of(one, two));
    assertThat(Checksums.sha256(folder, List.of(one, two))).isEqualTo(both);
    assertThat(Checksums.sha256(folder, List.of(two, one))).isNotEqualTo(both);
    assertThat(Checksums.sha256(folder, List.of(one))).isNotEqualTo(both);
    Files.writeString(two, "abd");
    assertThat(Checksums.sha256(folder, List.of(one, two))).isNotEqualTo(both);
  }

  @Test
  void anArraysChecksumDependsOnShapeAndBits() {
    String checksum = Checksums.sha256(FloatArray.of(new float[] {0, 1}, 2, 1));
    assertThat(Checksums.sha256(FloatArray.of(new float[] {0, 1}, 2, 1))).isEqualTo(checksum);
    assertThat(Checksums.sha256(FloatArray.of(new float[] {0, 1}, 1, 2))).isNotEqualTo(checksum);
    assertThat(Checksums.sha256(FloatArray.of(new float[] {-0f, 1}, 2, 1))).isNotEqualTo(checksum);
  }

  @Test
  void namesTheFileThatCannotBeRead() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> Checksums.sha256(missing))
        .isInstanceOf(DataException.class)
        .hasMessage("cannot read " + missing + " (there is no such file); check the path");
  }
}
