package org.xgradient.data.image;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.riff.RiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.StreamReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.webp.WebpRiffHandler;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import org.xgradient.data.FloatArray;

/**
 * How a camera was held: a photograph is kept as the sensor saw it, with the way to turn it beside
 * (EXIF 2.3, tag 0x0112; in PNG and WebP in a chunk, in TIFF in its own tags).
 *
 * @param code 1 for upright; to be mirrored are 2, 4, 5 and 7; rows and columns change places from
 *     5 on
 */
record Orientation(int code) {

  static final Orientation UPRIGHT = new Orientation(1);

  private static final int LAST = 8;

  /** What a camera writes beside the pixels takes less. */
  private static final int MAX_EXIF_BYTES = 1 << 24;

  /**
   * That of a file; upright if it says nothing that makes sense.
   *
   * @param format the format by the name of ImageIO's reader, in small letters
   * @param file the bytes of the file
   */
  static Orientation of(String format, InputStream file) throws IOException {
    try {
      return switch (format) {
        case "jpeg" -> of(JpegMetadataReader.readMetadata(file, List.of(new ExifReader())));
        case "png" -> ofPng(file);
        case "webp" -> ofWebp(file);
        default -> UPRIGHT;
      };
    } catch (ImageProcessingException | EOFException | RuntimeException e) {
      // Whether the pixels can be read is another question.
      return UPRIGHT;
    }
  }

  /**
   * That of a TIFF file; upright if it says nothing that makes sense.
   *
   * @param reader set to the file, and to read what stands beside the pixels
   */
  static Orientation ofTiff(ImageReader reader) throws IOException {
    try {
      TIFFField field =
          TIFFDirectory.createFromMetadata(reader.getImageMetadata(0))
              .getTIFFField(BaselineTIFFTagSet.TAG_ORIENTATION);
      return field == null ? UPRIGHT : of(field.getAsInt(0));
    } catch (IIOException | EOFException | RuntimeException e) {
      return UPRIGHT;
    }
  }

  private static Orientation of(Metadata metadata) {
    Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer code =
        directory == null ? null : directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    return of(code == null ? 1 : code);
  }

  private static Orientation of(int code) {
    return code < 1 || code > LAST ? UPRIGHT : new Orientation(code);
  }

  private static Orientation ofPng(InputStream file) throws ImageProcessingException, IOException {
    Metadata metadata = new Metadata();
    for (PngChunk chunk :
        new PngChunkReader().extract(new Chunks(file), Set.of(PngChunkType.eXIf))) {
      new ExifReader().extract(new ByteArrayReader(chunk.getBytes()), metadata);
    }
    return of(metadata);
  }

  private static Orientation ofWebp(InputStream file) throws ImageProcessingException, IOException {
    Metadata metadata = new Metadata();
    new RiffReader()
        .processRiff(
            new Chunks(file),
            new WebpRiffHandler(metadata) {
              @Override
              public boolean shouldAcceptChunk(String type) {
                return type.equals("EXIF");
              }
            });
    return of(metadata);
  }

  /** Takes no memory for what a file only claims. */
  private static final class Chunks extends StreamReader {
    Chunks(InputStream file) {
      super(file);
    }

    @Override
    public byte[] getBytes(int count) throws IOException {
      if (count > MAX_EXIF_BYTES) {
        throw new EOFException();
      }
      return super.getBytes(count);
    }
  }

  /** Turns an image of shape [height, width, channels]. */
  FloatArray apply(FloatArray image) {
    if (code == 1) {
      return image;
    }
    int height = image.shape().get(0);
    int width = image.shape().get(1);
    int channels = image.shape().get(2);
    boolean swapped = code > 4;
    int newHeight = swapped ? width : height;
    int newWidth = swapped ? height : width;
    float[] turned = new float[image.values().length];
    for (int row = 0; row < newHeight; row++) {
      for (int column = 0; column < newWidth; column++) {
        int from =
            swapped ? fromSwapped(row, column, height, width) : from(row, column, height, width);
        System.arraycopy(
            image.values(),
            from * channels,
            turned,
            (row * newWidth + column) * channels,
            channels);
      }
    }
    return FloatArray.of(turned, newHeight, newWidth, channels);
  }

  /** The pixel that comes to a place, where rows stay rows. */
  private int from(int row, int column, int height, int width) {
    boolean flipped = code == 2 || code == 3;
    boolean upsideDown = code == 3 || code == 4;
    return (upsideDown ? height - 1 - row : row) * width + (flipped ? width - 1 - column : column);
  }

  /** The pixel that comes to a place, where columns become rows. */
  private int fromSwapped(int row, int column, int height, int width) {
    boolean fromBottom = code == 6 || code == 7;
    boolean fromRight = code == 7 || code == 8;
    return (fromBottom ? height - 1 - column : column) * width
        + (fromRight ? width - 1 - row : row);
  }
}
