package org.xgradient.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says that the writer of an output lives: a file beside the output that the writer keeps locked,
 * and that the system unlocks when it dies. Numbers of processes would not do: two containers have
 * the same, and so have two machines that share a disk.
 *
 * <p>Held from before the first hidden file is there until after the last is gone.
 */
final class WriterLock implements Closeable {

  static final String SUFFIX = "lock";

  /** What is drawn for each writer. */
  static final String TOKEN = "[0-9a-f]{16}";

  private static final int TOKEN_BYTES = 8;

  /** A token is drawn again only if another process took the new file for that of a dead one. */
  private static final int ATTEMPTS = 100;

  /** Closing any channel on a file gives up the locks that this process has on it. */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path target;
  private final String token;
  private final Path file;
  private final @Nullable FileChannel channel;

  private WriterLock(Path target, String token, @Nullable FileChannel channel) {
    this.target = target;
    this.token = token;
    this.file = sibling(target, token, SUFFIX);
    this.channel = channel;
  }

  /** {@return how the names of all that is hidden beside an output begin} */
  static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  private static Path sibling(Path target, String token, String suffix) {
    return target.resolveSibling(prefix(target) + token + "." + suffix);
  }

  /**
   * Begins to write.
   *
   * @param target the output, absolute
   * @return the lock, to be closed
   * @throws IOException if there can be no file beside the output
   */
  static WriterLock acquire(Path target) throws IOException {
    if (target.getFileName() == null) {
      throw new FileSystemException(
          target.toString(), null, "must be inside a directory, found the root");
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      WriterLock lock = tryAcquire(target, token());
      if (lock != null) {
        return lock;
      }
    }
    throw new FileSystemException(
        target.toString(), null, "others take away the files beside it; write to another place");
  }

  private static @Nullable WriterLock tryAcquire(Path target, String token) throws IOException {
    Path file = sibling(target, token, SUFFIX);
    if (!HELD_HERE.add(file)) {
      return null;
    }
    FileChannel channel = null;
    boolean held = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      boolean locked = lock(channel);
      // Before it was locked, another process may have taken it for one that is left, and away.
      held = locked && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      return held ? new WriterLock(target, token, channel) : null;
    } catch (FileAlreadyExistsException e) {
      return null;
    } catch (AccessDeniedException | NoSuchFileException e) {
      // Names the user's file, and not the hidden one.
      FileSystemException named =
          new FileSystemException(
              target.toString(),
              null,
              "can't be written: no new file can be made in %s; write to another place"
                  .formatted(target.getParent()));
      named.initCause(e);
      throw named;
    } finally {
      if (!held) {
        if (channel != null) {
          channel.close();
          Files.deleteIfExists(file);
        }
        HELD_HERE.remove(file);
      }
    }
  }

  /** Where the file system has no locks, what is left is never taken away. */
  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Takes over what a writer left.
   *
   * @param target the output, absolute
   * @param token the writer's
   * @return the lock, to be closed; null if the writer lives, or nobody can tell
   */
  static @Nullable WriterLock ofDead(Path target, String token) throws IOException {
    Path file = sibling(target, token, SUFFIX);
    if (HELD_HERE.contains(file)) {
      return null;
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      if (channel.tryLock() != null) {
        WriterLock lock = new WriterLock(target, token, channel);
        channel = null;
        return lock;
      }
      return null;
    } catch (NoSuchFileException e) {
      // A writer locks before it writes.
      return new WriterLock(target, token, null);
    } catch (OverlappingFileLockException | IOException e) {
      return null;
    } finally {
      if (channel != null) {
        channel.close();
      }
    }
  }

  private static String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** {@return a place beside the output} */
  Path sibling(String suffix) {
    return sibling(target, token, suffix);
  }

  /** Removes the file, then gives up the lock. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      if (channel != null) {
        channel.close();
      }
      HELD_HERE.remove(file);
    }
  }
}
