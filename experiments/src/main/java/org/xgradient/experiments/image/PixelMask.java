package org.xgradient.experiments.image;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.FloatArray;

/** Masks of the pixels of images. */
public final class PixelMask {

  private PixelMask() {}

  /**
   * Gives each channel the mask of its pixel.
   *
   * @param mask of shape {@code [height, width, 1]}
   * @param channels the number of channels
   * @return of shape {@code [height, width, channels]}
   */
  public static FloatArray ofChannels(FloatArray mask, int channels) {
    FloatArray wide = FloatArray.zeros(mask.shape().get(0), mask.shape().get(1), channels);
    for (int i = 0; i < wide.size(); i++) {
      wide.values()[i] = mask.values()[i / channels];
    }
    return wide;
  }

  /**
   * How much of the attribution falls on the pixels of masks: the sum of absolute values there over
   * that of all.
   *
   * @param attributions of shape {@code [images, height, width, channels]}
   * @param masks 0 or 1, of shape {@code [images, height, width, 1]}, or of shape {@code [height,
   *     width, 1]} for the same mask on each image
   * @return the share, in {@code [0, 1]}; NaN if all attributions are 0
   */
  public static double share(FloatArray attributions, FloatArray masks) {
    int channels = attributions.shape().get(3);
    int pixels = attributions.size() / channels;
    checkArgument(
        pixels % masks.size() == 0,
        "there must be a mask for each image, or one for all, found %s for attributions of %s",
        masks.shape(),
        attributions.shape());
    double inside = 0;
    double all = 0;
    for (int i = 0; i < attributions.size(); i++) {
      double magnitude = Math.abs(attributions.values()[i]);
      all += magnitude;
      inside += magnitude * masks.values()[i / channels % masks.size()];
    }
    return inside / all;
  }
}
