package org.xgradient.data.image;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;

/** Changes training images at random without changing what they show. */
@FunctionalInterface
public interface Augmentation {

  /**
   * Changes a batch.
   *
   * @param images of shape {@code [size, height, width, channels]}, left as they are
   * @param seed the same seed draws the same changes
   * @return the changed images
   */
  FloatArray apply(FloatArray images, long seed);

  /**
   * This one, then another, each with a seed of its own.
   *
   * @param next what follows
   * @return both
   */
  default Augmentation then(Augmentation next) {
    return (images, seed) ->
        next.apply(
            apply(images, Seeds.derive(seed, "augmentation", 0)),
            Seeds.derive(seed, "augmentation", 1));
  }

  /**
   * Mirrors each image left to right with probability one half.
   *
   * @return the augmentation
   */
  static Augmentation horizontalFlip() {
    return (images, seed) -> {
      DataRandom random = new DataRandom(seed);
      ImageWindows windows = new ImageWindows(images);
      for (int image = 0; image < images.rows(); image++) {
        windows.copy(image, 0, 0, random.nextInt(2) == 1);
      }
      return windows.result();
    };
  }

  /**
   * Cuts a window out of each image, at a place that is drawn uniformly, after adding a black
   * (zero) border.
   *
   * @param height the height of the window, at least 1
   * @param width the width of the window, at least 1
   * @param border the width of the border, at least 0
   * @return the augmentation; it throws {@link IllegalArgumentException} for images that are
   *     smaller than the window, border included
   * @throws IllegalArgumentException if a size is too small
   */
  static Augmentation randomCrop(int height, int width, int border) {
    checkArgument(
        height >= 1 && width >= 1 && border >= 0,
        "the window must be at least 1 x 1 and the border at least 0, found %s x %s, %s",
        height,
        width,
        border);
    return (images, seed) -> {
      ImageWindows windows = new ImageWindows(images, height, width);
      int top = windows.height() + 2 * border - height;
      int left = windows.width() + 2 * border - width;
      checkArgument(
          top >= 0 && left >= 0,
          "images must hold a window of %s x %s with a border of %s, found %s",
          height,
          width,
          border,
          images.shape());
      DataRandom random = new DataRandom(seed);
      for (int image = 0; image < images.rows(); image++) {
        windows.copy(
            image, random.nextInt(top + 1) - border, random.nextInt(left + 1) - border, false);
      }
      return windows.result();
    };
  }
}
