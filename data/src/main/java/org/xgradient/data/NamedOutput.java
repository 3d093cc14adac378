package org.xgradient.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The bytes of a file, with errors that name it: a full disk only says that it is full. */
final class NamedOutput extends FilterOutputStream {

  private final Path file;

  NamedOutput(OutputStream bytes, Path file) {
    super(bytes);
    this.file = file;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException named =
          new FileSystemException(
              file.toString(), null, "can't be written: %s".formatted(e.getMessage()));
      named.initCause(e);
      throw named;
    }
  }
}
