package org.xgradient.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.FormatException;

/** Reads JPEG and PNG files, recognised by their content. */
public final class Images {

  /** More than any camera's picture needs; one of that size takes 600 MB as floats. */
  private static final long MAXIMUM_PIXELS = 50_000_000;

  /** So many pixels need no justification by the file's size. */
  private static final long FREE_PIXELS = 4_000_000;

  private static final long PIXELS_PER_BYTE = 100;

  private static final Set<String> FORMATS = Set.of("JPEG", "png");

  private Images() {}

  /**
   * Reads an image. Gray images get three equal channels; transparency is dropped; colour profiles
   * are not applied, so that the numbers are those of the file, as in Python's imaging libraries.
   *
   * @param file a JPEG or PNG file
   * @return the image of shape {@code [height, width, 3]}, channels red, green, blue, in [0, 1]
   * @throws FormatException if the file is damaged, is not a JPEG or PNG file, has colours other
   *     than gray, RGB or a palette (such as CMYK), or claims more than 50 million pixels, or more
   *     than 4 million and 100 for each of its bytes; what it claims is checked before it is
   *     decoded
   * @throws DataException if the file cannot be read
   */
  public static FloatArray read(Path file) {
    try {
      long bytes = Files.size(file);
      try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
        return read(file, bytes, in);
      }
    } catch (IIOException e) {
      throw new FormatException(file, "image", "whole and gray or RGB", e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static FloatArray read(Path file, long bytes, ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw new FormatException(file, "file", "a JPEG or PNG image", "neither");
    }
    ImageReader reader = readers.next();
    try {
      String format = reader.getFormatName();
      if (!FORMATS.contains(format)) {
        throw new FormatException(file, "file", "a JPEG or PNG image", format);
      }
      // Text and profiles beside the pixels are not wanted, and could be large.
      reader.setInput(in, true, true);
      checkPixels(file, bytes, reader.getWidth(0), reader.getHeight(0));
      return Pixels.toArray(file, decode(file, reader));
    } catch (FormatException e) {
      throw e;
    } catch (RuntimeException e) {
      // The decoders report some damage by index errors and the like.
      throw new FormatException(file, "image", "whole", e);
    } finally {
      reader.dispose();
    }
  }

  private static void checkPixels(Path file, long bytes, int width, int height) {
    long pixels = (long) width * height;
    long limit = Math.min(MAXIMUM_PIXELS, Math.max(FREE_PIXELS, bytes * PIXELS_PER_BYTE));
    if (pixels > limit) {
      throw new FormatException(
          file,
          "image",
          "of at most " + limit + " pixels in a file of " + bytes + " bytes",
          width + " x " + height);
    }
  }

  /** A cut-off JPEG is only warned of, and what is missing would be gray. */
  private static BufferedImage decode(Path file, ImageReader reader) throws IOException {
    IIOReadWarningListener listener =
        (source, warning) -> {
          if (warning.contains("Truncated") || warning.contains("Premature")) {
            throw new FormatException(file, "image", "whole", warning);
          }
        };
    reader.addIIOReadWarningListener(listener);
    return reader.read(0);
  }
}
