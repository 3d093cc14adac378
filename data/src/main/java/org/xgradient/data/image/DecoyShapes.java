package org.xgradient.data.image;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;

/**
 * Generated images of six shapes (disc, square, triangle, plus, ring, bar) on a noisy background,
 * with a patch of colour in the top left corner that may give the class away: a decoy that a
 * network learns instead of the shapes unless it is told not to. Kin of Decoy-MNIST (Ross, Hughes,
 * Doshi-Velez, IJCAI 2017).
 *
 * @param set the images of shape {@code [size, 32, 32, 3]} in [0, 1], black being 0, and their
 *     classes
 * @param truth 1 where the shape is, else 0, of shape {@code [size, 32, 32, 1]}
 */
public record DecoyShapes(ImageSet set, FloatArray truth) {

  /** The number of classes. */
  public static final int CLASSES = 6;

  /** The side of an image in pixels. */
  public static final int SIDE = 32;

  private static final int CHANNELS = 3;

  /** The patch fills the rows and columns from this one ... */
  private static final int DECOY_BEGIN = 1;

  /** ... to the one before this. */
  private static final int DECOY_END = 5;

  private static final float[][] DECOY_COLOURS = {
    {1, .1f, .1f}, {.1f, 1, .1f}, {.15f, .2f, 1}, {1, 1, .1f}, {1, .1f, 1}, {.1f, 1, 1}
  };

  /**
   * Generates images. Image i depends on the seed and on i alone, so that more images begin with
   * the same ones, and another mode changes nothing but the patch.
   *
   * @param size how many images, at least 1
   * @param mode whether the patch tells the class
   * @param seed the seed
   * @return the images
   * @throws IllegalArgumentException if the size is less than 1
   */
  public static DecoyShapes generate(int size, DecoyMode mode, long seed) {
    checkArgument(size >= 1, "size must be at least 1, found %s", size);
    FloatArray images = FloatArray.zeros(size, SIDE, SIDE, CHANNELS);
    FloatArray truth = FloatArray.zeros(size, SIDE, SIDE, 1);
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      ShapeImage image = ShapeImage.draw(Seeds.derive(seed, "decoy shapes", i));
      if (mode != DecoyMode.CLEAN) {
        int colour = mode == DecoyMode.ALIGNED ? image.label() : image.otherLabel();
        addDecoy(image.pixels(), DECOY_COLOURS[colour]);
      }
      System.arraycopy(
          image.pixels(), 0, images.values(), i * SIDE * SIDE * CHANNELS, SIDE * SIDE * CHANNELS);
      System.arraycopy(image.truth(), 0, truth.values(), i * SIDE * SIDE, SIDE * SIDE);
      labels[i] = image.label();
    }
    return new DecoyShapes(new ImageSet(images, FloatArray.of(labels, size), CLASSES), truth);
  }

  private static void addDecoy(float[] pixels, float[] colour) {
    for (int row = DECOY_BEGIN; row < DECOY_END; row++) {
      for (int column = DECOY_BEGIN; column < DECOY_END; column++) {
        System.arraycopy(colour, 0, pixels, (row * SIDE + column) * CHANNELS, CHANNELS);
      }
    }
  }

  /** {@return 1 where the patch is, or would be, else 0, of shape {@code [32, 32, 1]}} */
  public static FloatArray decoyMask() {
    FloatArray mask = FloatArray.zeros(SIDE, SIDE, 1);
    for (int row = DECOY_BEGIN; row < DECOY_END; row++) {
      for (int column = DECOY_BEGIN; column < DECOY_END; column++) {
        mask.values()[row * SIDE + column] = 1;
      }
    }
    return mask;
  }
}
