package org.xgradient.data.image;

import org.xgradient.data.DataRandom;

/** One image of {@link DecoyShapes}, before the patch. */
final class ShapeImage {

  private static final int SIDE = DecoyShapes.SIDE;
  private static final int CHANNELS = 3;
  private static final int GRID = 4;

  private final float[] pixels = new float[SIDE * SIDE * CHANNELS];
  private final float[] truth = new float[SIDE * SIDE];
  private final int label;
  private final int otherLabel;

  private ShapeImage(DataRandom random) {
    label = random.nextInt(DecoyShapes.CLASSES);
    otherLabel = random.nextInt(DecoyShapes.CLASSES);
    drawBackground(random);
    drawShape(random);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) clip(pixels[i] + .06 * random.nextGaussian(), 0, 1);
    }
  }

  static ShapeImage draw(long seed) {
    return new ShapeImage(new DataRandom(seed));
  }

  /** A coarse grid of normal numbers, interpolated, in a tone of its own. */
  private void drawBackground(DataRandom random) {
    double[] grid = new double[GRID * GRID];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = random.nextGaussian();
    }
    for (int channel = 0; channel < CHANNELS; channel++) {
      double gain = .7 + .6 * random.nextDouble();
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        double brightness = .18 + .10 * interpolate(grid, pixel / SIDE, pixel % SIDE);
        pixels[pixel * CHANNELS + channel] = (float) (gain * clip(brightness, 0, .45));
      }
    }
  }

  /** The corners of the grid stand on the centres of the corner pixels. */
  private static double interpolate(double[] grid, int row, int column) {
    double y = row * (GRID - 1) / (SIDE - 1.0);
    double x = column * (GRID - 1) / (SIDE - 1.0);
    int top = Math.min((int) y, GRID - 2);
    int left = Math.min((int) x, GRID - 2);
    int at = top * GRID + left;
    double upper = mix(grid[at], grid[at + 1], x - left);
    double lower = mix(grid[at + GRID], grid[at + GRID + 1], x - left);
    return mix(upper, lower, y - top);
  }

  private void drawShape(DataRandom random) {
    double radius = 7 + 3 * random.nextDouble();
    double centreX = 16 + 8 * (random.nextDouble() - .5);
    double centreY = 16 + 8 * (random.nextDouble() - .5);
    double angle = .6 * (random.nextDouble() - .5);
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    double[] colour = new double[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      colour[channel] = .45 + .45 * random.nextDouble();
    }
    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
      int row = pixel / SIDE;
      double x = pixel - row * SIDE + .5 - centreX;
      double y = row + .5 - centreY;
      double cover =
          clip(.5 - distance(cosine * x + sine * y, cosine * y - sine * x, radius), 0, 1);
      truth[pixel] = cover > .5 ? 1 : 0;
      for (int channel = 0; channel < CHANNELS; channel++) {
        int at = pixel * CHANNELS + channel;
        pixels[at] = (float) mix(pixels[at], colour[channel], cover);
      }
    }
  }

  /** The distance to the shape's edge, negative inside, in the shape's own axes. */
  private double distance(double u, double v, double r) {
    double d = StrictMath.hypot(u, v);
    return switch (label) {
      case 0 -> d - r;
      case 1 -> Math.max(Math.abs(u), Math.abs(v)) - .85 * r;
      case 2 -> Math.max(v, .866 * Math.abs(u) - .5 * v) - .6 * r;
      case 3 -> Math.min(cross(u, v, r), cross(v, u, r));
      case 4 -> Math.abs(d - .75 * r) - .25 * r;
      default -> Math.max(Math.abs(u) - r, Math.abs(v) - .3 * r);
    };
  }

  private static double cross(double u, double v, double r) {
    return Math.max(Math.abs(u) - .3 * r, Math.abs(v) - r);
  }

  private static double mix(double a, double b, double share) {
    return a * (1 - share) + b * share;
  }

  private static double clip(double value, double least, double most) {
    return Math.min(most, Math.max(least, value));
  }

  /** {@return the pixels, row by row, three channels each} */
  float[] pixels() {
    return pixels;
  }

  /** {@return 1 where the shape is, row by row} */
  float[] truth() {
    return truth;
  }

  /** {@return the class} */
  int label() {
    return label;
  }

  /** {@return a class drawn independently, for a patch that tells nothing} */
  int otherLabel() {
    return otherLabel;
  }
}
