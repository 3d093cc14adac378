package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.masking.PixelLayout;

/**
 * Whether attributions lie where what counts is known to be: inside a mask for each example.
 *
 * <p>Attributions are averaged over the channels of images, as in the masking metrics. Masks are of
 * shape {@code [rows, height, width]} for images of shape {@code [rows, height, width, channels]},
 * and of the shape of the attributions for anything else; what is not 0 is inside.
 */
public final class Localization {

  private Localization() {}

  /**
   * The pointing game: the fraction of examples whose largest attribution lies inside the mask, or
   * within some pixels of it.
   *
   * <p>In {@code [0, 1]}, higher is better; of equal attributions the lower index is the largest.
   * Distances are Euclidean, over the axes of the mask.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}, all finite
   * @param masks the masks
   * @param tolerance the distance that still counts as inside, at least 0; 15 pixels in the paper
   * @return the fraction
   * @throws IllegalArgumentException if the shapes do not fit, a value is not finite, or the
   *     tolerance is negative
   * @see <a href="https://arxiv.org/abs/1608.00507">Zhang et al. (2018), Top-down neural attention
   *     by excitation backprop, Sec. 4.2</a>
   */
  public static double pointingGame(FloatArray attributions, FloatArray masks, double tolerance) {
    checkArgument(tolerance >= 0, "the tolerance must be at least 0, found %s", tolerance);
    PixelLayout layout = check(attributions, masks);
    int hits = 0;
    for (int row = 0; row < attributions.rows(); row++) {
      int largest = 0;
      double[] means = means(attributions, row, layout);
      for (int pixel = 1; pixel < means.length; pixel++) {
        if (means[pixel] > means[largest]) {
          largest = pixel;
        }
      }
      if (isNear(masks, row, largest, tolerance)) {
        hits++;
      }
    }
    return (double) hits / attributions.rows();
  }

  /**
   * The part of the positive attribution of each example that lies inside its mask.
   *
   * <p>In {@code [0, 1]}, higher is better; what it would be for an attribution that is the same
   * everywhere is the part of the pixels inside. NaN for an example without positive attribution.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}, all finite
   * @param masks the masks
   * @return the part of each row
   * @throws IllegalArgumentException if the shapes do not fit, or a value is not finite
   */
  public static double[] massInside(FloatArray attributions, FloatArray masks) {
    PixelLayout layout = check(attributions, masks);
    double[] parts = new double[attributions.rows()];
    for (int row = 0; row < parts.length; row++) {
      double inside = 0;
      double all = 0;
      double[] means = means(attributions, row, layout);
      for (int pixel = 0; pixel < means.length; pixel++) {
        double mass = Math.max(0, means[pixel]);
        all += mass;
        inside += masks.values()[row * means.length + pixel] != 0 ? mass : 0;
      }
      parts[row] = inside / all;
    }
    return parts;
  }

  private static PixelLayout check(FloatArray attributions, FloatArray masks) {
    Attribution.requireFinite("the attributions", attributions);
    int[] expected = attributions.shape().toArray();
    if (expected.length == 4) {
      expected = Arrays.copyOf(expected, 3);
    }
    checkArgument(
        Arrays.equals(expected, masks.shape().toArray()),
        "masks must be of shape %s for attributions of shape %s, found %s",
        Arrays.toString(expected),
        attributions.shape(),
        masks.shape());
    return PixelLayout.of(attributions.rowShape());
  }

  private static double[] means(FloatArray attributions, int row, PixelLayout layout) {
    double[] means = new double[layout.pixels()];
    int first = row * layout.size();
    for (int i = 0; i < layout.size(); i++) {
      means[i / layout.channels()] += attributions.values()[first + i] / (double) layout.channels();
    }
    return means;
  }

  private static boolean isNear(FloatArray masks, int row, int pixel, double tolerance) {
    int size = masks.rowSize();
    for (int other = 0; other < size; other++) {
      if (masks.values()[row * size + other] != 0
          && squaredDistance(masks, pixel, other) <= tolerance * tolerance) {
        return true;
      }
    }
    return false;
  }

  private static double squaredDistance(FloatArray masks, int first, int second) {
    double sum = 0;
    int left = first;
    int right = second;
    for (int axis = masks.shape().length() - 1; axis > 0; axis--) {
      int length = masks.shape().get(axis);
      double difference = left % length - right % length;
      sum += difference * difference;
      left /= length;
      right /= length;
    }
    return sum;
  }
}
