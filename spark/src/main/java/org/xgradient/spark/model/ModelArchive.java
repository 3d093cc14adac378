package org.xgradient.spark.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;

/**
 * The files of a model in an array, as they travel to executors and lie beside a saved pipeline.
 * The same files give the same bytes.
 */
public final class ModelArchive implements Serializable {

  private static final long serialVersionUID = 1;

  private final byte[] bytes;
  private final String checksum;

  private ModelArchive(byte[] bytes) {
    this.bytes = bytes;
    this.checksum = Checksums.sha256(bytes);
  }

  /**
   * Takes what {@link #bytes()} gave.
   *
   * @param bytes the bytes, not copied
   * @return the archive
   */
  public static ModelArchive of(byte[] bytes) {
    return new ModelArchive(bytes);
  }

  /**
   * Packs a directory.
   *
   * @param directory a model directory or a SavedModel
   * @return its files
   * @throws DataException if they can't be read
   */
  public static ModelArchive pack(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      var packed = new ByteArrayOutputStream();
      try (var zip = new ZipOutputStream(packed)) {
        // Weights hardly get smaller.
        zip.setLevel(Deflater.BEST_SPEED);
        for (Path file : files) {
          var entry = new ZipEntry(directory.relativize(file).toString().replace('\\', '/'));
          entry.setTime(0);
          zip.putNextEntry(entry);
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
      return new ModelArchive(packed.toByteArray());
    } catch (IOException e) {
      throw DataException.unreadable(directory, e);
    }
  }

  /** {@return the bytes, not a copy} */
  public byte[] bytes() {
    return bytes;
  }

  /** {@return what tells this from archives of other files} */
  public String checksum() {
    return checksum;
  }

  /**
   * Uses the files, which are there meanwhile only.
   *
   * @param <T> what comes out
   * @param use takes the directory
   * @return what came out
   */
  public <T> T withFiles(Function<Path, T> use) {
    try {
      Path directory = Files.createTempDirectory("xgradient-model");
      try {
        unpack(directory);
        return use.apply(directory);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the model must be unpacked in %s, which fails: %s; make room, or name another folder"
                  .formatted(System.getProperty("java.io.tmpdir"), e.getMessage())
              + " with -Djava.io.tmpdir",
          e);
    }
  }

  private void unpack(Path directory) throws IOException {
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName()).normalize();
        if (!file.startsWith(directory)) {
          throw new DataException("the archive of the model is damaged: a file leaves it");
        }
        Files.createDirectories(file.resolveSibling("."));
        Files.copy(zip, file);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
