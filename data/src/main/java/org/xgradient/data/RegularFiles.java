package org.xgradient.data;

import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Opens files that others wrote: regular ones only, for a pipe or a device may never end, and of a
 * size that was expected.
 */
public final class RegularFiles {

  private RegularFiles() {}

  /**
   * Checks a file that is opened in another way.
   *
   * @param file the file
   * @throws DataException if it is not there, or is a pipe, a device, a directory or a pointer of
   *     Git LFS
   */
  public static void check(Path file) {
    try {
      checkRegular(file, file.toRealPath());
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /**
   * Checks a place that is looked into as a directory.
   *
   * @param place the place, which may not be there
   * @throws DataException if it is a pipe or a device, which may never answer
   */
  public static void checkNoDevice(Path place) {
    if (Files.exists(place) && !Files.isDirectory(place) && !Files.isRegularFile(place)) {
      throw new DataException("%s must be a directory, found a pipe or a device".formatted(place));
    }
  }

  private static void checkRegular(Path file, Path real) throws IOException {
    if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      throw new DataException(
          "%s must be a file, found %s"
              .formatted(file, Files.isDirectory(real) ? "a directory" : "a pipe or a device"));
    }
    LfsPointer.check(file, real);
  }

  /**
   * Opens a file. A link is followed once, before the check of what it leads to.
   *
   * @param file the file
   * @return its bytes, unbuffered
   * @throws DataException if it is not there, or is a pipe, a device, a directory or a pointer of
   *     Git LFS
   */
  public static InputStream open(Path file) {
    try {
      Path real = file.toRealPath();
      checkRegular(file, real);
      return Files.newInputStream(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /**
   * Reads a whole file.
   *
   * @param file the file
   * @param most the most bytes that it may have
   * @return its bytes
   * @throws DataException if it can't be read, is no regular file, or has more bytes
   */
  public static byte[] read(Path file, int most) {
    try (InputStream in = open(file)) {
      byte[] bytes = ByteStreams.limit(in, most + 1L).readAllBytes();
      if (bytes.length > most) {
        throw new DataException(
            "%s must have at most %s bytes, found %s".formatted(file, most, Files.size(file)));
      }
      return bytes;
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /**
   * Reads a text in UTF-8.
   *
   * @param file the file
   * @param most the most bytes that it may have
   * @return the text
   * @throws DataException if it can't be read, is no regular file, has more bytes, or is not UTF-8
   */
  public static String readText(Path file, int most) {
    return text(file, read(file, most));
  }

  /**
   * Decodes a text in UTF-8 that was read from a file.
   *
   * @param file the file, for the message
   * @param bytes what was read
   * @return the text
   * @throws DataException if it is not UTF-8
   */
  public static String text(Path file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DataException(file + " must be a text in UTF-8; copy it anew", e);
    }
  }
}
