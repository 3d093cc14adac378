package org.xgradient.report.chart.drawing;

import com.google.common.collect.ImmutableList;

/**
 * How a shape is filled and outlined.
 *
 * @param fill a colour, or {@code none}
 * @param stroke a colour, or {@code none}
 * @param width the width of the outline
 * @param dashes the lengths of dashes and gaps, empty for a solid line
 * @param opacity 0 for invisible, 1 for opaque
 */
public record Paint(String fill, String stroke, double width, String dashes, double opacity) {

  /** The text colour of the page around, light or dark. */
  public static final String INK = "currentColor";

  public static final String POSITIVE = "#D55E00";
  public static final String NEGATIVE = "#0072B2";
  public static final String NEUTRAL = "#8A8F98";

  /**
   * Colours that colour-blind persons can tell apart: those of Okabe and Ito (2008), Color
   * Universal Design, that are seen on white, and others for the rest.
   */
  private static final ImmutableList<String> SERIES =
      ImmutableList.of(
          "#0072B2", "#D55E00", "#009E73", "#C56FA0", "#B07D00", "#2F9BB5", NEUTRAL, "#7E57C2");

  private static final ImmutableList<String> DASHES = ImmutableList.of("", "7 3", "2 3", "9 3 2 3");

  /**
   * From low to high: dark blue, red, light orange. It grows lighter all along, and its ends differ
   * in blue and yellow, which nearly everybody tells apart; all stand out on white and on black.
   */
  private static final ImmutableList<String> SHADES =
      ImmutableList.of(
          "#5B5BD0", "#7E57BC", "#9E54A6", "#BC5490", "#D15C75", "#DA6A52", "#D5761F", "#C78000");

  public static Paint fill(String color) {
    return new Paint(color, "none", 0, "", 1);
  }

  public static Paint line(String color, double width) {
    return new Paint("none", color, width, "", 1);
  }

  /** {@return the colour of a series; after eight they repeat} */
  public static String seriesColor(int series) {
    return SERIES.get(series % SERIES.size());
  }

  /** {@return how many shades there are} */
  public static int shades() {
    return SHADES.size();
  }

  /**
   * The number of a shade.
   *
   * @param share from 0 for low to 1 for high; NaN for neither
   * @return from 0 to {@code shades() - 1}, or {@code shades()} for neither
   */
  public static int shadeOf(double share) {
    return Double.isNaN(share)
        ? SHADES.size()
        : (int) Math.max(0, Math.min(SHADES.size() - 1, share * SHADES.size()));
  }

  /** {@return the colour of the number of a shade} */
  public static String shadeColor(int shade) {
    return shade < SHADES.size() ? SHADES.get(shade) : NEUTRAL;
  }

  /** {@return the dashes of a series: they change when the colours repeat} */
  public static String seriesDashes(int series) {
    return DASHES.get(series / SERIES.size() % DASHES.size());
  }

  public Paint withDashes(String newDashes) {
    return new Paint(fill, stroke, width, newDashes, opacity);
  }

  public Paint withOpacity(double newOpacity) {
    return new Paint(fill, stroke, width, dashes, newOpacity);
  }

  /** {@return only the outline, on the page's background} */
  public Paint hollow() {
    return new Paint("none", fill, 2, "", opacity);
  }
}
