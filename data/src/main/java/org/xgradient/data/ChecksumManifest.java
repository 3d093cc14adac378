package org.xgradient.data;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of the files of a directory with their checksums, in the directory itself, by which damage
 * is noticed before anything reads the files. It is what {@code sha256sum} writes, and can be
 * checked with {@code sha256sum -c checksums.sha256}.
 *
 * <p>It tells damage, not malice: whoever changes a file can change the list.
 */
public final class ChecksumManifest {

  /** The name of the list. */
  public static final String FILE = "checksums.sha256";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\\\\\\p{Cntrl}]+)");

  private static final long MAX_BYTES = 1 << 20;

  private ChecksumManifest() {}

  /**
   * Lists all files in a directory and the directories in it; an earlier list is replaced.
   *
   * @param directory the directory
   * @throws IOException if a file can't be read, or the list can't be written
   */
  public static void write(Path directory) throws IOException {
    List<String> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files =
          walk.filter(Files::isRegularFile)
              .map(file -> directory.relativize(file).toString().replace('\\', '/'))
              .filter(file -> !file.equals(FILE))
              .sorted()
              .toList();
    }
    String lines =
        files.stream()
            .map(file -> Checksums.sha256(directory.resolve(file)) + "  " + file + "\n")
            .collect(Collectors.joining());
    AtomicFiles.writeText(directory.resolve(FILE), lines);
  }

  /**
   * {@return whether a directory has such a list}
   *
   * @param directory the directory
   */
  public static boolean exists(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  /**
   * Checks that every file of the list is there, and is as it was.
   *
   * @param directory the directory
   * @return the files, relative to the directory, with {@code /} between names; there may be more
   *     in the directory
   * @throws DataException if the list is damaged, or a file is missing or has changed
   */
  public static ImmutableSet<String> verify(Path directory) {
    ImmutableSet.Builder<String> verified = ImmutableSet.builder();
    int number = 0;
    for (String line : Splitter.on('\n').omitEmptyStrings().split(read(directory))) {
      number++;
      Matcher entry = LINE.matcher(line);
      if (!entry.matches()) {
        throw new DataException(
            "%s is damaged: line %s must be a checksum, two spaces and a file"
                .formatted(directory.resolve(FILE), number));
      }
      verify(directory, entry.group(2), entry.group(1));
      verified.add(entry.group(2));
    }
    return verified.build();
  }

  private static void verify(Path directory, String name, String expected) {
    Path file = inside(directory, name);
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          "%s is missing, which %s lists; copy the directory anew".formatted(file, FILE));
    }
    String found = Checksums.sha256(file);
    if (!found.equals(expected)) {
      throw new DataException(
          "%s is damaged: its checksum must be %s..., found %s...; copy the directory anew"
              .formatted(file, expected.substring(0, 8), found.substring(0, 8)));
    }
  }

  private static Path inside(Path directory, String name) {
    try {
      Path file = directory.resolve(name).normalize();
      if (file.startsWith(directory.normalize()) && !Path.of(name).isAbsolute()) {
        return file;
      }
    } catch (InvalidPathException e) {
      throw new DataException(outside(directory, name), e);
    }
    throw new DataException(outside(directory, name));
  }

  private static String outside(Path directory, String name) {
    return "%s lists '%s', which is not in the directory".formatted(directory.resolve(FILE), name);
  }

  private static String read(Path directory) {
    Path list = directory.resolve(FILE);
    try {
      long size = Files.size(list);
      if (size > MAX_BYTES) {
        throw new DataException(
            "%s must have at most %s bytes, found %s".formatted(list, MAX_BYTES, size));
      }
      return new String(Files.readAllBytes(list), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(list, e.getMessage()), e);
    }
  }
}
