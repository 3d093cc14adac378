package org.xgradient.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.FormatException;

/** Turns decoded images into arrays. */
final class Pixels {

  private static final int CHANNELS = 3;

  private Pixels() {}

  /** {@return the image of shape [height, width, 3], red, green, blue, in [0, 1]} */
  static FloatArray toArray(Path file, BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[] values = new float[width * height * CHANNELS];
    for (int row = 0; row < height; row++) {
      if (image.getColorModel() instanceof IndexColorModel) {
        paletteRow(image, row, values);
      } else {
        sampleRow(file, image, row, values);
      }
    }
    return FloatArray.of(values, height, width, CHANNELS);
  }

  private static void paletteRow(BufferedImage image, int row, float[] values) {
    int width = image.getWidth();
    int[] colours = image.getRGB(0, row, width, 1, null, 0, width);
    for (int column = 0; column < width; column++) {
      int to = (row * width + column) * CHANNELS;
      values[to] = (colours[column] >> 16 & 0xff) / 255f;
      values[to + 1] = (colours[column] >> 8 & 0xff) / 255f;
      values[to + 2] = (colours[column] & 0xff) / 255f;
    }
  }

  /** The samples themselves: a colour model would bend gray ones by its own idea of gamma. */
  private static void sampleRow(Path file, BufferedImage image, int row, float[] values) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int bands = raster.getNumBands();
    int colours = bands - (model.hasAlpha() ? 1 : 0);
    if (colours != 1 && colours != CHANNELS) {
      throw new FormatException(file, "image", "gray or RGB", colours + " colour channels");
    }
    int width = image.getWidth();
    float maximum = (1 << model.getComponentSize(0)) - 1;
    int[] samples = raster.getPixels(0, row, width, 1, (int[]) null);
    for (int column = 0; column < width; column++) {
      int to = (row * width + column) * CHANNELS;
      for (int channel = 0; channel < CHANNELS; channel++) {
        values[to + channel] = samples[column * bands + (colours == 1 ? 0 : channel)] / maximum;
      }
    }
  }
}
