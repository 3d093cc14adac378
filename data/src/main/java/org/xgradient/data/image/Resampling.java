package org.xgradient.data.image;

import org.xgradient.data.FloatArray;

/**
 * Bilinear resizing with antialiasing: each new pixel is a weighted mean of the old ones under a
 * triangle, whose half width is one old pixel, or one new pixel where the image gets smaller. This
 * is what Pillow does, and torchvision with {@code antialias=True}; plain bilinear interpolation
 * would skip pixels.
 */
final class Resampling {

  private Resampling() {}

  /** Which pixels of a resized line are wanted: {@code [start, start + size)} of {@code full}. */
  record Window(long full, long start, int size) {}

  /**
   * Computes a window of a resized image.
   *
   * @param image of shape {@code [height, width, channels]}
   * @param rows the wanted rows
   * @param columns the wanted columns
   * @return the window of shape {@code [rows, columns, channels]}
   */
  static FloatArray resize(FloatArray image, Window rows, Window columns) {
    int height = image.shape().get(0);
    int width = image.shape().get(1);
    int channels = image.shape().get(2);
    float[] narrowed = resize(image.values(), new Lines(height, width, channels), columns);
    float[] resized = resize(narrowed, new Lines(1, height, columns.size() * channels), rows);
    return FloatArray.of(resized, rows.size(), columns.size(), channels);
  }

  /** So many lines, each of so many points, each of so many values that go together. */
  private record Lines(int count, int length, int depth) {}

  private static float[] resize(float[] values, Lines lines, Window window) {
    float[] resized = new float[Math.multiplyExact(lines.count * lines.depth, window.size)];
    for (int point = 0; point < window.size; point++) {
      Weights weights = weights(window.start + point, window.full, lines.length);
      for (int line = 0; line < lines.count; line++) {
        int to = (line * window.size + point) * lines.depth;
        add(values, line * lines.length * lines.depth, lines.depth, weights, resized, to);
      }
    }
    return resized;
  }

  private static void add(
      float[] from, int start, int depth, Weights weights, float[] to, int target) {
    for (int d = 0; d < depth; d++) {
      double sum = 0;
      int index = start + weights.first * depth + d;
      for (int k = 0; k < weights.size(); k++, index += depth) {
        sum += weights.at(k) * from[index];
      }
      to[target + d] = (float) sum;
    }
  }

  /** A triangle around the new pixel's centre, in old pixels, whose weights sum to 1. */
  private static Weights weights(long point, long full, int length) {
    double scale = (double) length / full;
    double halfWidth = Math.max(1, scale);
    double centre = (point + 0.5) * scale;
    int first = (int) Math.max(0, Math.floor(centre - halfWidth + 0.5));
    int end = (int) Math.min(length, Math.floor(centre + halfWidth + 0.5));
    double[] weights = new double[end - first];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / halfWidth);
      sum += weights[k];
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
    }
    return new Weights(first, weights);
  }

  /** The weights of consecutive old pixels. */
  private static final class Weights {

    private final int first;
    private final double[] weights;

    Weights(int first, double[] weights) {
      this.first = first;
      this.weights = weights;
    }

    int size() {
      return weights.length;
    }

    double at(int index) {
      return weights[index];
    }
  }
}
