package org.xgradient.data.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files whole or not at all: into a new file beside the target, which is forced to the disk
 * and then moved over it. A reader never sees a half-written file, whenever the writer dies; what a
 * killed writer leaves behind is a hidden file that ends with {@code .tmp}.
 */
public final class AtomicFiles {

  private AtomicFiles() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes everything.
     *
     * @param channel an empty file
     * @throws IOException if it cannot be written
     */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file and replaces the one that was there.
   *
   * @param file the file; its folder must exist
   * @param content writes the content
   * @throws UncheckedIOException if it cannot be written; what was there before is untouched
   */
  public static void write(Path file, Content content) {
    Path name = file.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("file must have a name, found " + file);
    }
    Path beside = file.resolveSibling("." + name + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    } finally {
      deleteQuietly(beside);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The file that was to be written matters, and its own failure is reported.
      file.toFile().deleteOnExit();
    }
  }
}
