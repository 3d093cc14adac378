package org.xgradient.data.format;

import java.nio.file.Path;
import org.xgradient.data.DataException;

/**
 * A file does not hold what its format demands: it is damaged, cut off, of another format, or asks
 * for something that is not supported.
 */
public final class FormatException extends DataException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final String place;

  /**
   * Says what is wrong as "file: place must be expected, found found".
   *
   * @param file the file
   * @param place where in the file: a key, a field, an offset
   * @param expected what must stand there
   * @param found what stands there
   */
  public FormatException(Path file, String place, String expected, Object found) {
    super(message(file, place, expected, found));
    this.file = file.toString();
    this.place = place;
  }

  /**
   * As the other constructor, where a parser or decompressor has found out.
   *
   * @param file the file
   * @param place where in the file: a key, a field, an offset
   * @param expected what must stand there
   * @param cause what was reported; the first line of its message says what stands there
   */
  public FormatException(Path file, String place, String expected, Throwable cause) {
    super(message(file, place, expected, firstLine(cause)), cause);
    this.file = file.toString();
    this.place = place;
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.toString() : message.lines().findFirst().orElse("");
  }

  private static String message(Path file, String place, String expected, Object found) {
    return file + ": " + place + " must be " + expected + ", found " + found;
  }

  /** {@return the file} */
  public String file() {
    return file;
  }

  /** {@return where in the file: a key, a field, an offset} */
  public String place() {
    return place;
  }
}
