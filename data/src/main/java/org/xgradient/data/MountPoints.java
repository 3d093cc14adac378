package org.xgradient.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Directories at which another file system begins: they can't be moved, and so not be replaced. */
final class MountPoints {

  /** What Linux has mounted, one line each; the fifth field is where. */
  private static final Path MOUNTED = Path.of("/proc/self/mountinfo");

  private static final int WHERE = 4;

  private MountPoints() {}

  /** {@return whether a directory is one, as far as the system tells} */
  static boolean isOne(Path directory) {
    try {
      Path real = directory.toRealPath();
      Path parent = real.getParent();
      return parent == null || isOnAnotherDevice(real, parent) || isMounted(real);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Not there, or of a system that has none.
      return false;
    }
  }

  private static boolean isOnAnotherDevice(Path directory, Path parent) throws IOException {
    return !Files.getAttribute(directory, "unix:dev")
        .equals(Files.getAttribute(parent, "unix:dev"));
  }

  /** A directory of the same device may be mounted too. */
  private static boolean isMounted(Path directory) throws IOException {
    if (!Files.exists(MOUNTED)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(MOUNTED)) {
      return lines
          .map(line -> line.split(" ", WHERE + 2))
          .filter(fields -> fields.length > WHERE)
          .anyMatch(fields -> fields[WHERE].replace("\\040", " ").equals(directory.toString()));
    }
  }
}
