package org.xgradient.data.image;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.FloatArray;

/** Copies a window out of each image of a batch; what lies outside the image is zero. */
final class ImageWindows {

  private final FloatArray images;
  private final FloatArray result;

  ImageWindows(FloatArray images) {
    this(images, size(images, 1), size(images, 2));
  }

  ImageWindows(FloatArray images, int height, int width) {
    this.images = images;
    this.result = FloatArray.zeros(images.rows(), height, width, size(images, 3));
  }

  private static int size(FloatArray images, int dimension) {
    checkArgument(
        images.shape().length() == 4,
        "images must be of shape [size, height, width, channels], found %s",
        images.shape());
    return images.shape().get(dimension);
  }

  int height() {
    return size(images, 1);
  }

  int width() {
    return size(images, 2);
  }

  /** Copies the window of one image that begins at a row and column, perhaps mirrored. */
  void copy(int image, int top, int left, boolean mirrored) {
    int rows = size(result, 1);
    int columns = size(result, 2);
    for (int row = Math.max(0, -top); row < Math.min(rows, height() - top); row++) {
      for (int column = Math.max(0, -left); column < Math.min(columns, width() - left); column++) {
        int target = mirrored ? columns - 1 - column : column;
        copyPixel(
            (image * height() + top + row) * width() + left + column,
            (image * rows + row) * columns + target);
      }
    }
  }

  private void copyPixel(int from, int to) {
    int channels = size(images, 3);
    System.arraycopy(images.values(), from * channels, result.values(), to * channels, channels);
  }

  FloatArray result() {
    return result;
  }
}
