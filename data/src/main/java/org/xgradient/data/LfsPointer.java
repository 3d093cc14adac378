package org.xgradient.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a repository holds in the place of a large file where Git LFS was not there to fetch it: a
 * text of three lines.
 */
final class LfsPointer {

  private static final byte[] SIGNATURE =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  /** By the specification of the format. */
  private static final int MAX_BYTES = 1024;

  private LfsPointer() {}

  /**
   * Checks a file.
   *
   * @param file the file, for the message
   * @param real where it is
   * @throws DataException if it is a pointer
   */
  static void check(Path file, Path real) throws IOException {
    if (Files.size(real) > MAX_BYTES) {
      return;
    }
    try (InputStream in = Files.newInputStream(real)) {
      if (Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE)) {
        throw new DataException(
            "%s is a pointer of Git LFS and not the file itself; fetch it by git lfs pull"
                .formatted(file));
      }
    }
  }
}
