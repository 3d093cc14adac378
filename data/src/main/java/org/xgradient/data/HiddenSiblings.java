package org.xgradient.data;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lies beside an output while it is written: on the same file system, where a move is atomic,
 * under a random name, and with a {@link WriterLock} that tells whether its writer lives.
 */
final class HiddenSiblings {

  /** The suffix of what is being written. */
  static final String UNFINISHED = "tmp";

  /** The suffix of a directory that is being replaced. */
  static final String EARLIER = "old";

  /** What follows the name of the output. */
  private static final Pattern NAME =
      Pattern.compile(
          "(%s)\\.(%s|%s|%s)".formatted(WriterLock.TOKEN, UNFINISHED, EARLIER, WriterLock.SUFFIX));

  private HiddenSiblings() {}

  /** Does what {@link AtomicFiles#recover} says. */
  static synchronized void recover(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return;
    }
    String hidden = WriterLock.prefix(target);
    List<Path> left;
    try (Stream<Path> siblings = Files.list(parent)) {
      left = siblings.filter(sibling -> nameOf(sibling).startsWith(hidden)).sorted().toList();
    }
    for (Path sibling : left) {
      Matcher name = NAME.matcher(nameOf(sibling).substring(hidden.length()));
      if (name.matches()) {
        recover(target, sibling, name.group(1), name.group(2));
      }
    }
  }

  private static void recover(Path target, Path sibling, String token, String suffix)
      throws IOException {
    try (WriterLock left = WriterLock.ofDead(target, token)) {
      if (left == null || suffix.equals(WriterLock.SUFFIX)) {
        // Of a writer that lives; or nothing but the lock itself, which is gone by now.
        return;
      }
      if (suffix.equals(EARLIER) && !Files.exists(target) && Files.exists(sibling)) {
        Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        delete(sibling);
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
