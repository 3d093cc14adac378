package org.xgradient.data.image;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.xgradient.data.FloatArray;

/**
 * How a camera was held: a photograph is kept as the sensor saw it, with the way to turn it beside
 * (EXIF 2.3, tag 0x0112).
 *
 * @param code 1 for upright; to be mirrored are 2, 4, 5 and 7; rows and columns change places from
 *     5 on
 */
record Orientation(int code) {

  static final Orientation UPRIGHT = new Orientation(1);

  private static final int LAST = 8;

  /** That of a JPEG file; upright if it says nothing that makes sense. */
  static Orientation of(InputStream file) throws IOException {
    try {
      Directory directory =
          JpegMetadataReader.readMetadata(file, List.of(new ExifReader()))
              .getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer code =
          directory == null ? null : directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
      return code == null || code < 1 || code > LAST ? UPRIGHT : new Orientation(code);
    } catch (JpegProcessingException | RuntimeException e) {
      // Whether the pixels can be read is another question.
      return UPRIGHT;
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
