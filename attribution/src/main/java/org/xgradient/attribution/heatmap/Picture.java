package org.xgradient.attribution.heatmap;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.xgradient.data.FloatArray;

/** Coloured pixels. */
public final class Picture {

  private static final int CHANNELS = 3;

  private final int height;
  private final int width;
  private final int[] colors;

  /** Takes colours as {@code 0xRRGGBB}, row by row. */
  Picture(int height, int width, int[] colors) {
    this.height = height;
    this.width = width;
    this.colors = colors;
  }

  /**
   * The picture of an image.
   *
   * @param image of shape {@code [height, width, 3]}, red, green and blue in [0, 1], at least one
   *     pixel
   * @return the picture
   * @throws IllegalArgumentException if the image is not of such a shape, or a value is not in [0,
   *     1]
   */
  public static Picture of(FloatArray image) {
    checkImage(image);
    int[] colors = new int[image.size() / CHANNELS];
    for (int i = 0; i < image.size(); i++) {
      colors[i / CHANNELS] = (colors[i / CHANNELS] << 8) | Math.round(255 * image.values()[i]);
    }
    return new Picture(image.shape().get(0), image.shape().get(1), colors);
  }

  static void checkImage(FloatArray image) {
    checkArgument(
        image.shape().length() == 3 && image.shape().get(2) == CHANNELS && image.size() > 0,
        "an image must be of shape [height, width, 3] with at least one pixel, found %s",
        image.shape());
    for (float value : image.values()) {
      checkArgument(
          value >= 0 && value <= 1,
          "the values of an image must be in [0, 1], found %s; restore what was prepared for a"
              + " network",
          value);
    }
  }

  /** {@return the height in pixels} */
  public int height() {
    return height;
  }

  /** {@return the width in pixels} */
  public int width() {
    return width;
  }

  /**
   * The colour of a pixel.
   *
   * @param row the row, from the top
   * @param column the column, from the left
   * @return the colour as {@code 0xRRGGBB}
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public int color(int row, int column) {
    return colors[Objects.checkIndex(row, height) * width + Objects.checkIndex(column, width)];
  }

  /** Copies the rows into a larger picture, so many pixels after one another. */
  void copyTo(int[] larger, int start, int stride) {
    for (int row = 0; row < height; row++) {
      System.arraycopy(colors, row * width, larger, start + row * stride, width);
    }
  }

  /** {@return the content of a PNG file, without transparency} */
  public byte[] png() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, colors, 0, width);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java runtime cannot write PNG files; use another");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the PNG file cannot be put together in memory", e);
    }
    return bytes.toByteArray();
  }
}
