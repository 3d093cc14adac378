package org.xgradient.spark.model;

import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.FormatException;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.data.image.Images;

/**
 * Rows with an image: the content of its file, or what Spark's source {@code image} makes of it.
 *
 * @param preprocessing what is done to an image before
 * @param column the name of the column
 * @param position where it is in a row
 */
record ImageRows(ImagePreprocessing preprocessing, String column, int position)
    implements RowReader {

  private static final int CHANNELS = 3;
  private static final String EXPECTED =
      "the content of an image's file, or an image of 1, 3 or 4 channels of bytes";

  @Override
  public void read(Row row, float[] features, int offset) throws InvalidCellException {
    float[] seen = preprocessing.apply(image(row.get(position))).values();
    System.arraycopy(seen, 0, features, offset, seen.length);
  }

  private FloatArray image(@Nullable Object cell) throws InvalidCellException {
    if (cell instanceof byte[] content) {
      try {
        return Images.read(content, Path.of(column));
      } catch (FormatException e) {
        throw new InvalidCellException(column, EXPECTED, String.valueOf(e.getMessage()));
      }
    }
    if (cell instanceof Row image) {
      return pixels(image);
    }
    throw new InvalidCellException(column, EXPECTED, cell);
  }

  /** The bytes of Spark's images are blue, green, red, row by row, or gray. */
  private FloatArray pixels(Row image) throws InvalidCellException {
    int height = image.<Integer>getAs("height");
    int width = image.<Integer>getAs("width");
    int channels = image.<Integer>getAs("nChannels");
    byte[] bytes = image.getAs("data");
    boolean known = channels == 1 || channels == CHANNELS || channels == CHANNELS + 1;
    long size = (long) height * width * channels;
    if (!known || height < 1 || width < 1 || bytes == null || bytes.length != size) {
      throw new InvalidCellException(
          column,
          EXPECTED,
          "one of %s x %s, %s channels and %s bytes"
              .formatted(height, width, channels, bytes == null ? "no" : bytes.length));
    }
    float[] values = new float[height * width * CHANNELS];
    for (int pixel = 0; pixel < height * width; pixel++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        int from = channels == 1 ? pixel : pixel * channels + CHANNELS - 1 - channel;
        values[pixel * CHANNELS + channel] = (bytes[from] & 0xFF) / 255f;
      }
    }
    return FloatArray.of(values, height, width, CHANNELS);
  }
}
