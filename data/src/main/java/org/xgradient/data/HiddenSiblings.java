package org.xgradient.data;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lies beside an output while it is written: on the same file system, where a move is atomic,
 * and under a name that tells which process wrote it.
 */
final class HiddenSiblings {

  /** The suffix of what is being written. */
  static final String UNFINISHED = "tmp";

  /** The suffix of a directory that is being replaced. */
  static final String EARLIER = "old";

  private static final AtomicLong COUNTER = new AtomicLong();

  /** What follows the name of the output. */
  private static final Pattern PROCESS =
      Pattern.compile("(\\d{1,10})-\\d+\\.(" + UNFINISHED + "|" + EARLIER + ")");

  private HiddenSiblings() {}

  /** {@return a new name beside an output} */
  static Path of(Path target, String suffix) throws FileSystemException {
    Path name = target.getFileName();
    if (name == null) {
      throw new FileSystemException(
          target.toString(), null, "must be inside a directory, found the root");
    }
    long process = ProcessHandle.current().pid();
    return target.resolveSibling(
        "." + name + "." + process + "-" + COUNTER.incrementAndGet() + "." + suffix);
  }

  /** Does what {@link AtomicFiles#recover} says. */
  static void recover(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return;
    }
    String hidden = "." + target.getFileName() + ".";
    List<Path> left;
    try (Stream<Path> siblings = Files.list(parent)) {
      left = siblings.filter(sibling -> nameOf(sibling).startsWith(hidden)).sorted().toList();
    }
    for (Path sibling : left) {
      Matcher name = PROCESS.matcher(nameOf(sibling).substring(hidden.length()));
      if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
        if (name.group(2).equals(EARLIER) && !Files.exists(target)) {
          Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
          delete(sibling);
        }
      }
    }
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** Removes a file or directory, if it is there. */
  static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }
}
