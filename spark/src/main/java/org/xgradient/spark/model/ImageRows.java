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

  /** One of that size takes 600 MB as floats; of files that are larger a part is read. */
  private static final int MOST_PIXELS = 50_000_000;

  private static final String EXPECTED =
      "the content of an image's file, or an image of 1, 3 or 4 channels of bytes";
  private static final String SMALLER =
      "an image of at most 50,000,000 pixels, or the content of its file";

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
    Integer height = image.<Integer>getAs("height");
    Integer width = image.<Integer>getAs("width");
    Integer channels = image.<Integer>getAs("nChannels");
    byte[] bytes = image.getAs("data");
    var found = new Found(height, width, channels, bytes == null ? null : bytes.length);
    if (height == null || width == null || channels == null || bytes == null) {
      throw new InvalidCellException(column, EXPECTED, found);
    }
    boolean known = channels == 1 || channels == CHANNELS || channels == CHANNELS + 1;
    // Of the bytes, for a product of what the image says could be more than a number holds.
    int pixels = known ? bytes.length / channels : 0;
    if (height < 1
        || width < 1
        || (long) height * width != pixels
        || pixels * channels != bytes.length) {
      throw new InvalidCellException(column, EXPECTED, found);
    }
    if (pixels > MOST_PIXELS) {
      throw new InvalidCellException(column, SMALLER, found);
    }
    return FloatArray.of(values(bytes, pixels, channels), height, width, CHANNELS);
  }

  /** What an image says of itself, for messages. */
  private record Found(
      @Nullable Integer height,
      @Nullable Integer width,
      @Nullable Integer channels,
      @Nullable Integer bytes) {

    @Override
    public String toString() {
      return "one of %s x %s, %s channels and %s bytes"
          .formatted(height, width, channels, bytes == null ? "no" : bytes);
    }
  }

  private static float[] values(byte[] bytes, int pixels, int channels) {
    float[] values = new float[pixels * CHANNELS];
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        int from = channels == 1 ? pixel : pixel * channels + CHANNELS - 1 - channel;
        values[pixel * CHANNELS + channel] = (bytes[from] & 0xFF) / 255f;
      }
    }
    return values;
  }
}
