package org.xgradient.data;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final int MAX_BYTES = 1 << 20;

  /** Of all files together: reading so many takes a minute or two. */
  private static final long MAX_LISTED_BYTES = 1L << 36;

  private final Path directory;
  private final ImmutableMap<String, String> expected;

  private ChecksumManifest(Path directory, ImmutableMap<String, String> expected) {
    this.directory = directory;
    this.expected = expected;
  }

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
   * Reads a list, and none of the files that it names.
   *
   * @param directory the directory
   * @return the list
   * @throws DataException if it can't be read, is damaged, or names a file twice
   */
  public static ChecksumManifest read(Path directory) {
    Path list = directory.resolve(FILE);
    Map<String, String> expected = new LinkedHashMap<>();
    Set<Path> named = new HashSet<>();
    String text = RegularFiles.readText(list, MAX_BYTES);
    for (String line : Splitter.on('\n').omitEmptyStrings().split(text)) {
      Matcher entry = LINE.matcher(line);
      if (!entry.matches()) {
        throw new DataException(
            "%s is damaged: line %s must be a checksum, two spaces and a file"
                .formatted(list, expected.size() + 1));
      }
      String name = entry.group(2);
      if (!named.add(inside(directory, name))) {
        throw new DataException("%s is damaged: it lists '%s' twice".formatted(list, name));
      }
      expected.put(name, entry.group(1));
    }
    return new ChecksumManifest(directory, ImmutableMap.copyOf(expected));
  }

  /**
   * Checks that every file of a list is there, and is as it was.
   *
   * @param directory the directory
   * @return the files, relative to the directory, with {@code /} between names; there may be more
   *     in the directory
   * @throws DataException if the list is damaged, or a file is missing or has changed
   */
  public static ImmutableSet<String> verify(Path directory) {
    ChecksumManifest list = read(directory);
    list.verifyAllBut(Set.of());
    return list.files();
  }

  /** {@return the files, relative to the directory, with {@code /} between names} */
  public ImmutableSet<String> files() {
    return expected.keySet();
  }

  /**
   * Checks the files of the list, each once, but for those that were checked while they were read.
   *
   * @param checked the names of the files that were
   * @throws DataException if a file is missing or has changed, two names are one file, or they are
   *     64 GB or more together
   */
  public void verifyAllBut(Set<String> checked) {
    requireFewBytes(checked);
    Map<Object, String> names = new HashMap<>();
    for (String name : expected.keySet()) {
      Path file = directory.resolve(name);
      if (!Files.exists(file)) {
        throw new DataException(
            "%s is missing, which %s lists; copy the directory anew".formatted(file, FILE));
      }
      RegularFiles.check(file);
      String other = names.put(identity(file), name);
      if (other != null) {
        throw new DataException(
            "%s is damaged: it lists one file as '%s' and '%s'"
                .formatted(directory.resolve(FILE), other, name));
      }
      if (!checked.contains(name)) {
        check(name, Checksums.sha256(file));
      }
    }
  }

  /**
   * Checks one file by the checksum of what was read of it.
   *
   * @param name the file, relative to the directory, with {@code /} between names
   * @param found the SHA-256 checksum of its bytes
   * @throws DataException if the list leaves it out, or it has changed
   */
  public void check(String name, String found) {
    requireListed(name);
    String listed = String.valueOf(expected.get(name));
    if (!found.equals(listed)) {
      throw new DataException(
          "%s is damaged: its checksum must be %s..., found %s...; copy the directory anew"
              .formatted(directory.resolve(name), listed.substring(0, 8), found.substring(0, 8)));
    }
  }

  /**
   * Checks that a file is in the list, before it is read.
   *
   * @param name the file, relative to the directory, with {@code /} between names
   * @throws DataException if the list leaves it out
   */
  public void requireListed(String name) {
    if (!expected.containsKey(name)) {
      throw new DataException(
          "%s is not listed in %s, so that the directory is not as it was written; copy it again, or write it anew"
              .formatted(name, FILE));
    }
  }

  /** Before the first one is read. */
  private void requireFewBytes(Set<String> checked) {
    long bytes = 0;
    for (String name : expected.keySet()) {
      Path file = directory.resolve(name);
      bytes += checked.contains(name) || !Files.isRegularFile(file) ? 0 : size(file);
      if (bytes > MAX_LISTED_BYTES) {
        throw new DataException(
            "%s lists more than %s GB, at '%s', more than a model has; copy the directory again, or write it anew"
                .formatted(directory.resolve(FILE), MAX_LISTED_BYTES >> 30, name));
      }
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** Hard and symbolic links give one file several names. */
  private static Object identity(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? file.toRealPath() : key;
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
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
}
