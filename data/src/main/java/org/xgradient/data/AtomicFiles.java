package org.xgradient.data;

import static com.google.common.base.Preconditions.checkState;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.common.io.MoreFiles;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * Output that is either whole or not there: written beside its place, then moved.
 *
 * <p>When the content fails, or the process dies, an earlier file or directory of the name is still
 * the earlier one. Missing parent directories are created. Symbolic links are followed, so that
 * what they point to is replaced and not the link.
 */
public final class AtomicFiles {

  private AtomicFiles() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface FileContent {
    /**
     * Writes the content.
     *
     * @param out where to, buffered; closed by the caller
     * @throws IOException if the content cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** What goes into a directory. */
  @FunctionalInterface
  public interface DirectoryContent {
    /**
     * Writes the content.
     *
     * @param directory an empty directory, which will be moved to its place afterwards
     * @throws IOException if the content cannot be written
     */
    void writeTo(Path directory) throws IOException;
  }

  /**
   * Writes a file, or replaces it. What is not a regular file (a pipe or a device) is written to
   * directly, and so is what a process has open ({@code /dev/fd/3}), behind what is there.
   *
   * @param file the file
   * @param content what to write
   * @throws FileSystemException if the file is a directory, or protected from writing
   * @throws IOException if the content cannot be written; nothing has changed then
   */
  public static void write(Path file, FileContent content) throws IOException {
    checkNoDirectory(file);
    Removal.checkFile(file);
    if (Files.exists(file) && (isOpened(file) || !Files.isRegularFile(file))) {
      try (OutputStream bytes = Files.newOutputStream(file, WRITE, APPEND);
          OutputStream out = new BufferedOutputStream(new NamedOutput(bytes, file))) {
        content.writeTo(out);
      }
      return;
    }
    Path target = resolve(file);
    HiddenSiblings.recover(target);
    try (WriterLock lock = WriterLock.acquire(target)) {
      Path beside = lock.sibling(HiddenSiblings.UNFINISHED);
      try {
        writeDurably(beside, content);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    }
  }

  /**
   * Whether it is one of the files that a process has open, of which there may be a regular one.
   */
  private static boolean isOpened(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith("/dev/fd")
        || absolute.startsWith("/proc")
        || absolute.equals(Path.of("/dev/stdout"))
        || absolute.equals(Path.of("/dev/stderr"));
  }

  /**
   * Writes a text file in UTF-8, or replaces it.
   *
   * @param file the file
   * @param text the text
   * @throws IOException if the text cannot be written; nothing has changed then
   */
  public static void writeText(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Checks that there can be an output at a place; to be called before long work whose result goes
   * there. Nothing is created.
   *
   * @param output the file or directory that will be written
   * @throws FileSystemException if a file is in the way or a link that points to nothing, the
   *     directory may not be written to, or a file or directory is there that is protected from
   *     writing; the message says which
   */
  public static void checkPlace(Path output) throws FileSystemException {
    Removal.checkFile(output);
    Removal.checkUnprotected(output);
    if (Files.isSymbolicLink(output) && !Files.exists(output)) {
      throw new FileSystemException(
          output.toString(),
          null,
          "is a link to what is not there; remove the link, or write to another place");
    }
    Path existing = output.toAbsolutePath().normalize().getParent();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return;
    }
    if (!Files.isDirectory(existing)) {
      throw new FileSystemException(
          output.toString(),
          null,
          "must be inside a directory, but %s is a file; write to another place"
              .formatted(existing));
    }
    if (!Files.isWritable(existing)) {
      throw new AccessDeniedException(existing.toString());
    }
  }

  /**
   * Checks that {@link #write} can write a file; to be called before long work whose result goes
   * there. Nothing is created.
   *
   * @param file the file
   * @throws FileSystemException if it is a directory, or there can't be a file at its place; the
   *     message says why
   */
  public static void checkFile(Path file) throws FileSystemException {
    checkNoDirectory(file);
    if (!Files.exists(file) || Files.isRegularFile(file)) {
      checkPlace(file);
    }
  }

  /**
   * Checks that there is no file where {@link #writeDirectory} is to write a directory, or in its
   * way; to be called before long work whose result goes there. Nothing is created.
   *
   * @param directory the directory
   * @throws FileSystemException if there is one, the directory can't be created, or it can't be
   *     replaced because another file system begins there
   */
  public static void checkNoFile(Path directory) throws FileSystemException {
    if (Files.isDirectory(directory) && MountPoints.isOne(directory)) {
      throw new FileSystemException(
          directory.toString(),
          null,
          "is where another file system begins, which can't be replaced as a whole; give a directory in it, such as "
              + directory.resolve("model"));
    }
    checkPlace(directory);
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new FileSystemException(
          directory.toString(), null, "must be a directory, found a file; give another name");
    }
  }

  private static void checkNoDirectory(Path file) throws FileSystemException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(
          file.toString(), null, "must be a file, found a directory; give a file name in it");
    }
  }

  /**
   * Checks that {@link #writeDirectory} can write a directory; to be called before long work whose
   * result goes there. Nothing is created.
   *
   * @param directory the directory
   * @param marker the name of the file by which an earlier output is recognised
   * @throws FileSystemException if the directory exists and is neither empty nor an earlier output,
   *     can't be created, or may not be removed with all that is in it
   * @throws IOException if it can't be read
   */
  public static void checkDirectory(Path directory, String marker) throws IOException {
    Path target = Files.exists(directory) ? directory.toRealPath() : directory;
    checkReplaceable(directory, target, marker);
    checkPlace(target);
  }

  /**
   * Writes a directory, or replaces an earlier one with all that is in it.
   *
   * <p>An existing directory is replaced only if it is empty or holds the marker, so that a slip of
   * the pen never deletes a user's files.
   *
   * @param directory the directory
   * @param marker the name of the file by which an earlier output is recognised; the content must
   *     write it
   * @param content what to write
   * @throws FileSystemException if the directory exists and is neither empty nor an earlier output
   * @throws IOException if the content cannot be written; nothing has changed then
   * @throws IllegalStateException if the content has not written the marker
   */
  public static void writeDirectory(Path directory, String marker, DirectoryContent content)
      throws IOException {
    Path target = resolve(directory);
    HiddenSiblings.recover(target);
    checkReplaceable(directory, target, marker);
    try (WriterLock lock = WriterLock.acquire(target)) {
      Path beside = lock.sibling(HiddenSiblings.UNFINISHED);
      try {
        writeInto(beside, directory, content);
        checkState(
            Files.exists(beside.resolve(marker)), "the content must write %s, found none", marker);
        replaceDirectory(target, beside, lock.sibling(HiddenSiblings.EARLIER));
      } finally {
        HiddenSiblings.delete(beside);
      }
    }
  }

  private static void writeInto(Path beside, Path directory, DirectoryContent content)
      throws IOException {
    Files.createDirectory(beside);
    try {
      content.writeTo(beside);
    } catch (FileSystemException | InterruptedIOException | ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // Streams that copy say why, such as that the disk is full, and not where.
      FileSystemException named =
          new FileSystemException(directory.toString(), null, String.valueOf(e.getMessage()));
      named.initCause(e);
      throw named;
    }
  }

  /**
   * Puts right what processes left that died while they wrote a file or directory: a directory that
   * had been moved aside comes back, unless its successor is in place, and what was not finished is
   * removed. Writing does so itself; to be called before a directory is read.
   *
   * @param output the file or directory
   * @throws IOException if something cannot be moved or removed
   */
  public static void recover(Path output) throws IOException {
    HiddenSiblings.recover(output.toAbsolutePath().normalize());
  }

  private static void checkReplaceable(Path given, Path target, String marker) throws IOException {
    checkNoFile(given);
    if (!Files.exists(target)) {
      return;
    }
    try (Stream<Path> entries = Files.list(target)) {
      if (entries.findAny().isPresent() && !Files.exists(target.resolve(marker))) {
        throw new FileSystemException(
            given.toString(),
            null,
            "must be new, empty or an earlier output with the file "
                + marker
                + ", found other files; give another name");
      }
    }
    Removal.checkDirectory(target);
  }

  private static void replaceDirectory(Path target, Path replacement, Path earlier)
      throws IOException {
    if (!Files.exists(target)) {
      Files.move(replacement, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Files.move(target, earlier, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(replacement, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(earlier, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    HiddenSiblings.delete(earlier);
  }

  /** By a stream and not a channel, which an interrupted thread can't write to. */
  private static void writeDurably(Path file, FileContent content) throws IOException {
    Files.createFile(file);
    try (FileOutputStream bytes = new FileOutputStream(file.toFile());
        OutputStream out = new BufferedOutputStream(new NamedOutput(bytes, file), 1 << 16)) {
      content.writeTo(out);
      out.flush();
      bytes.getFD().sync();
    }
  }

  private static Path resolve(Path path) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    checkPlace(path);
    Path absolute = path.toAbsolutePath().normalize();
    MoreFiles.createParentDirectories(absolute);
    return absolute;
  }
}
