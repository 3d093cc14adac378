package org.xgradient.attribution.heatmap;

/** Whether a heat map tells what speaks for the explained output from what speaks against it. */
public enum Sign {
  /** Vermilion for what raises the output, blue for what lowers it. */
  SIGNED(0xD55E00, 0x0072B2),
  /** One colour for both; only the size counts. */
  ABSOLUTE(0x6A3D9A, 0x6A3D9A);

  private final int positive;
  private final int negative;

  Sign(int positive, int negative) {
    this.positive = positive;
    this.negative = negative;
  }

  /**
   * The colour of an intensity. Vermilion and blue are those of Okabe and Ito (2008), Color
   * Universal Design, which persons of every kind of colour vision tell apart. They fade into the
   * paper in proportion to the intensity.
   *
   * @param intensity from -1 to 1
   * @param paper the gray underneath, from 0 for black to 1 for white
   * @return the colour as {@code 0xRRGGBB}
   */
  int color(double intensity, double paper) {
    int full = intensity < 0 ? negative : positive;
    double weight = Math.abs(intensity);
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double channel = weight * ((full >> shift) & 0xFF) + (1 - weight) * 255 * paper;
      color |= (int) Math.round(channel) << shift;
    }
    return color;
  }
}
