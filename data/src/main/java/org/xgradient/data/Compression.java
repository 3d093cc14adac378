package org.xgradient.data;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.io.output.CloseShieldOutputStream;

/** Files that are compressed. */
public final class Compression {

  private static final ImmutableMap<String, String> BY_EXTENSION =
      ImmutableMap.of(
          "gz", CompressorStreamFactory.GZIP,
          "bz2", CompressorStreamFactory.BZIP2,
          "xz", CompressorStreamFactory.XZ,
          "lz4", CompressorStreamFactory.LZ4_FRAMED,
          "zst", CompressorStreamFactory.ZSTANDARD);

  /** What has an unmistakable beginning; that of deflate may be text. */
  private static final ImmutableSet<String> BY_BEGINNING =
      ImmutableSet.of(
          CompressorStreamFactory.GZIP,
          CompressorStreamFactory.BZIP2,
          CompressorStreamFactory.XZ,
          CompressorStreamFactory.ZSTANDARD,
          CompressorStreamFactory.LZ4_FRAMED,
          CompressorStreamFactory.SNAPPY_FRAMED);

  private Compression() {}

  /**
   * {@return the endings of the names of files that {@link #of} compresses, without their points}
   */
  public static ImmutableSet<String> extensions() {
    return BY_EXTENSION.keySet();
  }

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
    String compression = BY_EXTENSION.get(Ascii.toLowerCase(MoreFiles.getFileExtension(file)));
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

  /**
   * Decompresses what begins as gzip, bzip2, xz, zstd, lz4 or snappy.
   *
   * @param bytes the bytes, which can be marked
   * @param name what messages call them
   * @return what was compressed; other bytes as they are
   * @throws IOException if they can't be read
   * @throws DataException if they are compressed in a way that can't be read here
   */
  public static InputStream decompressed(InputStream bytes, Path name) throws IOException {
    String compression;
    try {
      compression = CompressorStreamFactory.detect(bytes);
    } catch (CompressorException e) {
      return bytes;
    }
    if (!BY_BEGINNING.contains(compression)) {
      return bytes;
    }
    if (compression.equals(CompressorStreamFactory.ZSTANDARD)) {
      return Zstandard.decompressed(bytes);
    }
    try {
      return new CompressorStreamFactory(true).createCompressorInputStream(compression, bytes);
    } catch (CompressorException e) {
      throw new DataException(
          "%s is compressed as %s, which can't be read here (%s); decompress it, or use gzip"
              .formatted(name, Ascii.toUpperCase(compression), e.getMessage()),
          e);
    }
  }
}
