package org.xgradient.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether an earlier output may be taken away, as one with a later one in its place is. */
final class Removal {

  private static final String OWNER = "unix:uid";
  private static final String MODE = "unix:mode";
  private static final int STICKY = 01000;
  private static final int WRITTEN = 0222;
  private static final int ROOT = 0;

  /** Its owner is the user of this process. */
  private static final Path SELF = Path.of("/proc/self");

  private Removal() {}

  /**
   * Checks that a file, if there is one, can be moved, and is not protected: the right to change
   * its directory is enough to replace it, but is not what a user means who protects it.
   *
   * @throws FileSystemException if it can't, or is
   */
  static void checkFile(Path file) throws FileSystemException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    if (isKeptByOwner(file)) {
      throw unremovable(file, "it");
    }
    checkUnprotected(file);
  }

  /**
   * Checks that a file or directory, if there is one, is not one that nobody is to write: root may
   * do so all the same, and others may replace it by the right to change its directory.
   *
   * @throws FileSystemException if it is
   */
  static void checkUnprotected(Path path) throws FileSystemException {
    boolean isOutput = Files.isRegularFile(path) || Files.isDirectory(path);
    if (isOutput && (!Files.isWritable(path) || isWrittenByNobody(path))) {
      throw new FileSystemException(
          path.toString(),
          null,
          "is protected from writing and is not replaced; let it be written (chmod u+w), or write to another place");
    }
  }

  private static boolean isWrittenByNobody(Path path) {
    try {
      return (attribute(path, MODE) & WRITTEN) == 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Of a system that tells no such things.
      return false;
    }
  }

  /**
   * Checks that a directory can be moved and removed with all that is in it.
   *
   * @throws FileSystemException if it can't
   * @throws IOException if it can't be read
   */
  static void checkDirectory(Path directory) throws IOException {
    if (isKeptByOwner(directory)) {
      throw unremovable(directory, "it");
    }
    Optional<Path> obstacle = fullAndProtected(directory);
    if (obstacle.isPresent()) {
      throw unremovable(directory, "what is in " + obstacle.get());
    }
  }

  private static FileSystemException unremovable(Path output, String what) {
    return new FileSystemException(
        output.toString(),
        null,
        "can't be replaced, for there is no permission to remove %s; write to another place, or remove it first"
            .formatted(what));
  }

  /** The first directory in the tree that has something in it and may not be changed. */
  private static Optional<Path> fullAndProtected(Path directory) throws IOException {
    var search =
        new SimpleFileVisitor<Path>() {
          private @Nullable Path found;

          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes)
              throws IOException {
            if (!Files.isWritable(inner) && !isEmpty(inner)) {
              found = inner;
              return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(directory, search);
    return Optional.ofNullable(search.found);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /** Whether it lies where each user may take away only what is his own, as in /tmp. */
  private static boolean isKeptByOwner(Path path) {
    try {
      Path real = path.toRealPath();
      Path parent = real.getParent();
      int self = attribute(SELF, OWNER);
      return parent != null
          && self != ROOT
          && (attribute(parent, MODE) & STICKY) != 0
          && attribute(parent, OWNER) != self
          && attribute(real, OWNER) != self;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Of a system that tells no such things.
      return false;
    }
  }

  private static int attribute(Path path, String name) throws IOException {
    return (Integer) Files.getAttribute(path, name);
  }
}
