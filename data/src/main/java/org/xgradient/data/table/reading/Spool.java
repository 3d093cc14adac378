package org.xgradient.data.table.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.xgradient.data.DataException;

/**
 * A file that can be read several times: itself, or a copy if it is a pipe or a device, which
 * can't.
 */
final class Spool implements AutoCloseable {

  private final Path name;
  private final Path path;

  private Spool(Path name, Path path) {
    this.name = name;
    this.path = path;
  }

  static Spool of(Path file) {
    if (Files.isRegularFile(file) || Files.isDirectory(file) || !Files.exists(file)) {
      return new Spool(file, file);
    }
    try {
      Path copy = Files.createTempFile("xgradient", ".csv");
      try {
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(copy);
        throw e;
      }
      return new Spool(file, copy);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** What the user calls it. */
  Path name() {
    return name;
  }

  /** Where its bytes are. */
  Path path() {
    return path;
  }

  @Override
  public void close() {
    if (!name.equals(path)) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new DataException("cannot delete the copy " + path, e);
      }
    }
  }
}
