package org.xgradient.data;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Data that cannot be used: a file that is missing or damaged, a cell that is not a number, a label
 * with one class. The message is one line that says what was found, what was expected and what to
 * do, and can be shown to a user as it is.
 */
public class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message one line for the user
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message one line for the user
   * @param cause what went wrong underneath
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A file that cannot be read at all: it is missing, may not be read, or the disk fails.
   *
   * @param file the file
   * @param cause what the file system reported
   * @return the exception
   */
  public static DataException unreadable(Path file, IOException cause) {
    return new DataException(
        "cannot read %s (%s); check the path".formatted(file, reason(cause)), cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      return "there is no such file";
    }
    if (cause instanceof AccessDeniedException) {
      return "no permission";
    }
    if (cause instanceof EOFException) {
      return "it ends too early, as what was cut off does";
    }
    String type = cause.getClass().getSimpleName();
    // The message of a file system is the path that is named already.
    String message =
        cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    return message == null || message.isBlank()
        ? type
        : type + ": " + message.lines().findFirst().orElseThrow();
  }
}
