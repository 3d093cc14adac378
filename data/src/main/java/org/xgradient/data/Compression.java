package org.xgradient.data;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.io.output.CloseShieldOutputStream;

/** Files whose names say that they are compressed. */
public final class Compression {

  private static final ImmutableMap<String, String> BY_EXTENSION =
      ImmutableMap.of(
          "gz", CompressorStreamFactory.GZIP,
          "bz2", CompressorStreamFactory.BZIP2,
          "xz", CompressorStreamFactory.XZ,
          "lz4", CompressorStreamFactory.LZ4_FRAMED,
          "zst", CompressorStreamFactory.ZSTANDARD);

  private Compression() {}

  /**
   * Compresses what goes into a file whose name ends in {@code .gz}, {@code .bz2}, {@code .xz},
   * {@code .lz4} or {@code .zst}.
   *
   * @param file the file
   * @param out where its bytes go, which stays open
   * @return where to write, to be closed; of another file the same bytes come out
   * @throws IOException if the header cannot be written
   */
  public static OutputStream of(Path file, OutputStream out) throws IOException {
    OutputStream open = CloseShieldOutputStream.wrap(out);
    String compression = BY_EXTENSION.get(MoreFiles.getFileExtension(file));
    if (compression == null) {
      return open;
    }
    if (compression.equals(CompressorStreamFactory.ZSTANDARD)) {
      return Zstandard.compressing(open);
    }
    try {
      return new CompressorStreamFactory().createCompressorOutputStream(compression, open);
    } catch (CompressorException e) {
      throw new IOException("cannot compress as " + compression, e);
    }
  }
}
