package org.xgradient.cli.train;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second training away from the state of the first, which would lose one of them without a
 * word: a file that is locked while the training runs, and that the system unlocks when it dies.
 */
final class TrainingLock implements Closeable {

  static final String FILE = "lock";

  private final Path directory;
  private final FileChannel channel;

  private TrainingLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Begins to use a directory, which is created if it is not there.
   *
   * @throws FileSystemException if a training uses it
   */
  static TrainingLock acquire(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(FILE);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel) || !Files.exists(file)) {
      channel.close();
      throw new FileSystemException(
          directory.toString(),
          null,
          "is in use by another training of this model; wait until that ends, or give another --out");
    }
    return new TrainingLock(directory, channel);
  }

  /** Where the file system has no locks, nobody can tell. */
  private static boolean lock(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Leaves the state of the training, if there is one, and nothing else. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(directory.resolve(FILE));
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // What --resume goes on from.
    } finally {
      channel.close();
    }
  }
}
