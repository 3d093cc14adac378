package org.xgradient.data.image;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.commons.io.function.IOSupplier;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RegularFiles;
import org.xgradient.data.format.FormatException;

/** Reads files of images, recognised by their content: JPEG, PNG, WebP, TIFF, BMP and GIF. */
public final class Images {

  /**
   * One of that size takes 600 MB as floats; of a larger one each second pixel is read, or less.
   */
  private static final long READ_PIXELS = 50_000_000;

  /** More than any camera has. */
  private static final long MAXIMUM_PIXELS = 1_000_000_000;

  /** So many pixels need no justification by the file's size. */
  private static final long FREE_PIXELS = 4_000_000;

  private static final long PIXELS_PER_BYTE = 100;

  /** By the names that readers give them, in small letters. */
  private static final Set<String> FORMATS =
      Set.of("jpeg", "png", "webp", "tif", "tiff", "bmp", "gif");

  /** Java's readers come first: those that are added read what they can't. */
  private static final String OF_JAVA = "com.sun.imageio.";

  /** Cyan, magenta, yellow and black. */
  private static final int INKS = 4;

  private static final String WANTED = "a JPEG, PNG, WebP, TIFF, BMP or GIF image";

  private Images() {}

  /**
   * Reads an image, of several in a file the first, turned as the camera was held. Gray images get
   * three equal channels; transparency is dropped; colour profiles are not applied to RGB images,
   * so that the numbers are those of the file, as in Python's imaging libraries. Of more than 50
   * million pixels each second one in both directions is read, or each third, and so on.
   *
   * @param file a JPEG, PNG, WebP, TIFF, BMP or GIF file
   * @return the image of shape {@code [height, width, 3]}, channels red, green, blue, in [0, 1]
   * @throws FormatException if the file is damaged, is of no such format, has colours other than
   *     gray, RGB, a palette or, in JPEG, CMYK, or claims more than 1,000 million pixels, or more
   *     than 4 million and 100 for each of its bytes; what it claims is checked before it is
   *     decoded
   * @throws DataException if the file cannot be read
   */
  public static FloatArray read(Path file) {
    try {
      long bytes = Files.size(file);
      try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
        if (!ImageIO.getImageReaders(in).hasNext()) {
          throw unknown(file);
        }
        return read(
            file,
            bytes,
            in,
            new Again(
                () -> Files.newInputStream(file), () -> new FileImageInputStream(file.toFile())));
      }
    } catch (IIOException e) {
      throw new FormatException(file, "image", "whole and gray or RGB", e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static FormatException unknown(Path file) {
    try {
      RegularFiles.check(file);
      return new FormatException(file, "file", WANTED, "none of them");
    } catch (DataException e) {
      return new FormatException(file, "file", WANTED, e);
    }
  }

  /**
   * Reads what a file of an image holds, as {@link #read(Path)} does.
   *
   * @param content the bytes of the file
   * @param name what the file is called in messages
   * @return the image of shape {@code [height, width, 3]}, channels red, green, blue, in [0, 1]
   * @throws FormatException as for a file
   */
  public static FloatArray read(byte[] content, Path name) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      return read(
          name,
          content.length,
          in,
          new Again(
              () -> new ByteArrayInputStream(content),
              () -> new MemoryCacheImageInputStream(new ByteArrayInputStream(content))));
    } catch (IOException e) {
      throw new FormatException(name, "image", "whole and gray or RGB", e);
    }
  }

  /** Opens the file once more, for what stands beside the pixels. */
  private record Again(IOSupplier<InputStream> bytes, IOSupplier<ImageInputStream> image) {}

  private static FloatArray read(Path file, long bytes, ImageInputStream in, Again again)
      throws IOException {
    ImmutableList<ImageReader> readers = readers(in);
    if (readers.isEmpty()) {
      throw new FormatException(file, "file", WANTED, "none of them");
    }
    try {
      ImageReader reader = readers.get(0);
      String format = reader.getFormatName();
      if (!FORMATS.contains(Ascii.toLowerCase(format))) {
        throw new FormatException(file, "file", WANTED, format);
      }
      // Text and profiles beside the pixels are not wanted, and could be large.
      reader.setInput(in, true, true);
      checkPixels(file, bytes, reader.getWidth(0), reader.getHeight(0));
      FloatArray image = Pixels.toArray(file, decode(file, in, readers));
      return orientation(Ascii.toLowerCase(format), reader, again).apply(image);
    } catch (FormatException e) {
      throw e;
    } catch (RuntimeException e) {
      // The decoders report some damage by index errors and the like.
      throw new FormatException(file, "image", "whole", e);
    } finally {
      readers.forEach(ImageReader::dispose);
    }
  }

  private static Orientation orientation(String format, ImageReader reader, Again again)
      throws IOException {
    if (format.startsWith("tif")) {
      try (ImageInputStream beside = again.image().get()) {
        reader.setInput(beside, true, false);
        return Orientation.ofTiff(reader);
      }
    }
    try (InputStream beside = again.bytes().get()) {
      return Orientation.of(format, beside);
    }
  }

  private static ImmutableList<ImageReader> readers(ImageInputStream in) {
    return Streams.stream(ImageIO.getImageReaders(in))
        .sorted(Comparator.comparing(r -> !r.getClass().getName().startsWith(OF_JAVA)))
        .collect(ImmutableList.toImmutableList());
  }

  private static BufferedImage decode(
      Path file, ImageInputStream in, ImmutableList<ImageReader> readers) throws IOException {
    try {
      BufferedImage image = decode(file, readers.get(0));
      if (readers.size() == 1 || image.getColorModel().getNumColorComponents() != INKS) {
        return image;
      }
    } catch (IIOException e) {
      // What Java's reader of JPEG says of inks.
      if (readers.size() == 1 || !"Unsupported Image Type".equals(e.getMessage())) {
        throw e;
      }
    }
    in.seek(0);
    readers.get(1).setInput(in, true, true);
    return decode(file, readers.get(1));
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
    return reader.read(0, sampling(reader));
  }

  /** So large a part of the pixels that the image can be held. */
  private static ImageReadParam sampling(ImageReader reader) throws IOException {
    ImageReadParam sampling = reader.getDefaultReadParam();
    int each = everyNth((long) reader.getWidth(0) * reader.getHeight(0));
    if (each > 1) {
      sampling.setSourceSubsampling(each, each, 0, 0);
    }
    return sampling;
  }

  /** {@return the distance of the pixels that are read, in both directions: 1 for all of them} */
  static int everyNth(long pixels) {
    return (int) Math.ceil(Math.sqrt((double) pixels / READ_PIXELS));
  }
}
