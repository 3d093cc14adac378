package org.xgradient.graph.runtime;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder that native code is unpacked to, and loaded from in later processes: whoever can write
 * there runs code as this user.
 *
 * <p>JavaCPP takes one in the user's home, and where it can't, one in the folder for temporary
 * files with a name that all know, where any user of the machine can have put something before. So
 * the folder is chosen here before native code is loaded: it must be this user's, as must be all
 * that is in it, nobody else may write to it, and nobody else may put another in its place. Without
 * owners and permissions as Unix has them, as on Windows, that is not checked.
 */
final class NativeFolder {

  /** What JavaCPP reads the folder from. */
  static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  /** A folder that the process which started this one has checked. */
  static final String CHECKED = "org.xgradient.native.checked";

  private static final String IN_HOME = ".javacpp/cache";
  private static final String OWNER = "unix:uid";
  private static final String MODE = "unix:mode";
  private static final int ROOT = 0;

  /** Zones with the same offset at both times agree about those in the jars. */
  private static final LocalDateTime WINTER = LocalDateTime.of(2025, 1, 1, 0, 0);

  private static final LocalDateTime SUMMER = LocalDateTime.of(2025, 7, 1, 0, 0);
  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 00002;
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private NativeFolder() {}

  /**
   * Chooses the folder for this process, and tells JavaCPP. Without effect once JavaCPP has loaded
   * something.
   *
   * @throws UntrustedFolderException if others can write where it would be
   */
  static void choose() {
    String given = System.getProperty(PROPERTY);
    if (given != null && given.equals(System.getProperty(CHECKED))) {
      return;
    }
    Path folder =
        choose(
            Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of),
            Path.of(System.getProperty("user.home")),
            Path.of(System.getProperty("java.io.tmpdir")),
            System.getProperty("user.name"),
            ZoneId.systemDefault());
    System.setProperty(PROPERTY, folder.toString());
  }

  /** {@return the folder that was chosen} */
  static String chosen() {
    return System.getProperty(PROPERTY, "not chosen yet");
  }

  /**
   * The folder to take.
   *
   * @param given the one that the user names, if so
   * @param home the user's home
   * @param temporary the folder for temporary files
   * @param user the user's name
   * @param zone the time zone of this process
   * @return a folder that exists and is the user's alone
   */
  static Path choose(Optional<Path> given, Path home, Path temporary, String user, ZoneId zone) {
    if (given.isPresent()) {
      return checked(made(given.get()).orElse(given.get()));
    }
    // Without a home, Java's is "?", which would be looked for where the process happens to be.
    Optional<Path> own =
        home.isAbsolute() ? made(home.resolve(IN_HOME).resolve(name(zone))) : Optional.empty();
    return own.map(NativeFolder::checked)
        .orElseGet(
            () -> checked(madePrivate(temporary.resolve("xgradient-native-" + user + name(zone)))));
  }

  /**
   * The part of the name that belongs to a time zone. JavaCPP takes what it has unpacked for older
   * or newer than what is in the jar if the process before it had other local times, unpacks over
   * it, and ends every process that runs it.
   */
  private static String name(ZoneId zone) {
    String offsets =
        Stream.of(WINTER, SUMMER)
            .map(zone.getRules()::getOffset)
            .map(ZoneOffset::getId)
            .distinct()
            .collect(Collectors.joining());
    return offsets.equals("Z") ? "" : "zone" + offsets.replace(":", "");
  }

  /** The folder, if it can be written to. */
  private static Optional<Path> made(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      return Optional.empty();
    }
    return Files.isWritable(folder) ? Optional.of(folder) : Optional.empty();
  }

  private static Path madePrivate(Path folder) {
    try {
      if (hasOwners(folder)) {
        return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
      }
      return Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      return folder;
    } catch (IOException e) {
      throw new UntrustedFolderException(folder, "can't be created (%s)".formatted(e.getMessage()));
    }
  }

  private static Path checked(Path folder) {
    try {
      Path real = folder.toRealPath();
      if (hasOwners(real)) {
        int self = self(real);
        checkContents(real, self);
        checkAbove(real, self);
      }
      return real;
    } catch (NoSuchFileException e) {
      throw new UntrustedFolderException(folder, "doesn't exist and can't be created");
    } catch (IOException e) {
      throw new UntrustedFolderException(folder, "can't be checked (%s)".formatted(e.getMessage()));
    }
  }

  private static boolean hasOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /** The user of this process: the owner of what it creates. */
  private static int self(Path folder) throws IOException {
    Path probe;
    try {
      probe = Files.createTempFile(folder, ".owner", null);
    } catch (IOException e) {
      throw new UntrustedFolderException(folder, "can't be written to");
    }
    try {
      return owner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  /** All that is in the folder is loaded, now or later. */
  private static void checkContents(Path folder, int self) throws IOException {
    try (Stream<Path> contents = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) contents::iterator) {
        int owner = owner(path);
        if (owner != self && owner != ROOT) {
          throw new UntrustedFolderException(
              folder, "has %s of another user (number %s)".formatted(path, owner));
        }
        if (!Files.isSymbolicLink(path) && (mode(path) & WRITABLE_BY_OTHERS) != 0) {
          throw new UntrustedFolderException(folder, "lets every user write to " + path);
        }
      }
    }
  }

  /** Whoever can write to a folder above can put another in its place, unless it is sticky. */
  private static void checkAbove(Path folder, int self) throws IOException {
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      int owner = owner(above);
      int mode = mode(above);
      if (owner != self && owner != ROOT) {
        throw new UntrustedFolderException(
            folder, "is inside %s of another user (number %s)".formatted(above, owner));
      }
      if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
        throw new UntrustedFolderException(
            folder, "is inside %s, which every user can write to".formatted(above));
      }
    }
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, OWNER, LinkOption.NOFOLLOW_LINKS);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, MODE, LinkOption.NOFOLLOW_LINKS);
  }

  /** A folder that others can write to, or may have written to. */
  static final class UntrustedFolderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UntrustedFolderException(Path folder, String found) {
      super(
          ("the folder that TensorFlow's native code is unpacked to must be this user's alone, but"
                  + " %s %s; remove it, or name another with -D%s=DIR")
              .formatted(folder, found, PROPERTY));
    }
  }
}
