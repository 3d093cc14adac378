package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.training.model.ModelDirectory;

/**
 * The files of a model in an array, as they travel to executors and lie beside a saved pipeline.
 * The same files give the same bytes.
 */
public final class ModelArchive implements Serializable {

  /** The files by which models are recognized: a model directory, and a plain SavedModel. */
  public static final ImmutableList<String> MARKS =
      ImmutableList.of(ModelDirectory.MANIFEST, "saved_model.pb");

  private static final long serialVersionUID = 1;

  /** What an array holds, with something to spare. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

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
   * @param directory a model directory or a SavedModel, or a link to one; nothing in it is a link
   * @return its files
   * @throws DataException if it is neither, or its files can't be read, or take 2 GB or more, or
   *     there is a link among them
   */
  public static ModelArchive pack(Path directory) {
    if (MARKS.stream().noneMatch(mark -> Files.isRegularFile(directory.resolve(mark)))) {
      throw noModel(directory.toString());
    }
    try {
      Path root = directory.toRealPath();
      List<Path> files = files(root);
      requireRoom(directory, files);
      var packed = new ByteArrayOutputStream();
      try (var zip = new ZipOutputStream(packed)) {
        // Weights hardly get smaller.
        zip.setLevel(Deflater.BEST_SPEED);
        for (Path file : files) {
          var entry = new ZipEntry(root.relativize(file).toString().replace('\\', '/'));
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

  /** A link could lead to files that are no part of the model, or to a folder around itself. */
  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      List<Path> all = walk.sorted().toList();
      Optional<Path> link = all.stream().filter(Files::isSymbolicLink).findFirst();
      if (link.isPresent()) {
        throw new DataException(
            "the files of a model must be files themselves, found a link %s; give a copy of the model"
                    .formatted(link.get())
                + " with what its links lead to, as cp -rL makes one");
      }
      return all.stream().filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * The error about a directory that is no model.
   *
   * @param directory the directory
   * @return the error
   */
  public static DataException noModel(String directory) {
    return new DataException(
        "%s must be a model directory or a SavedModel, with a file %s in it, found none; check the path"
            .formatted(directory, String.join(" or ", MARKS)));
  }

  private static void requireRoom(Path directory, List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    if (bytes > MOST_BYTES) {
      throw new DataException(
          "the files of a model must have less than %s bytes to travel to executors, found %s in %s"
              .formatted(MOST_BYTES, bytes, directory));
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
    try (var folder = TemporaryFolder.create()) {
      unpack(folder.path());
      try {
        return use.apply(folder.path());
      } catch (DataException e) {
        // Nobody knows this directory.
        String message = String.valueOf(e.getMessage());
        throw new DataException(message.replace(folder.path() + File.separator, ""), e);
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
}
