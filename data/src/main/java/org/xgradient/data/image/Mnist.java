package org.xgradient.data.image;

import java.nio.file.Path;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.FormatException;
import org.xgradient.data.format.Idx;

/**
 * MNIST and data sets in its form (Fashion-MNIST, KMNIST): gray images in idx files, 10 classes.
 */
public final class Mnist {

  private static final int CLASSES = 10;

  private Mnist() {}

  /**
   * Reads images and labels, plain or compressed with gzip.
   *
   * @param images an idx file of bytes, of shape {@code [size, height, width]}
   * @param labels an idx file of shape {@code [size]}
   * @return the images of shape {@code [size, height, width, 1]}, divided by 255 into [0, 1]
   * @throws FormatException if a file is damaged, or the two don't belong together
   * @throws DataException if a file cannot be read
   */
  public static ImageSet read(Path images, Path labels) {
    FloatArray pixels = Idx.read(images);
    if (pixels.shape().length() != 3) {
      throw new FormatException(images, "shape", "[size, height, width]", pixels.shape());
    }
    FloatArray classes = Idx.read(labels);
    if (classes.shape().length() != 1 || classes.rows() != pixels.rows()) {
      throw new FormatException(
          labels, "shape", "[" + pixels.rows() + "] as the images", classes.shape());
    }
    for (float label : classes.values()) {
      if (!(label >= 0 && label < CLASSES)) {
        throw new FormatException(labels, "label", "from 0 to 9", label);
      }
    }
    return new ImageSet(scaled(pixels), classes, CLASSES);
  }

  private static FloatArray scaled(FloatArray pixels) {
    float[] values = pixels.values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255;
    }
    return FloatArray.of(values, pixels.rows(), pixels.shape().get(1), pixels.shape().get(2), 1);
  }
}
