package org.xgradient.cli.explain;

import org.xgradient.attribution.heatmap.Sign;
import org.xgradient.cli.image.MapStyle;
import org.xgradient.cli.image.PageStyle;
import org.xgradient.cli.option.HelpGroup;
import picocli.CommandLine.Option;

/** Options of the page that shows explained images. */
@HelpGroup("Pictures")
final class PictureOptions {

  @Option(
      names = "--top",
      defaultValue = "3",
      paramLabel = "N",
      description = "Classes shown for each image (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--shown",
      defaultValue = "50",
      paramLabel = "N",
      description =
          "Images on the page, the first ones; all get heat maps as files (default:"
              + " ${DEFAULT-VALUE}).")
  private int shown;

  @Option(names = "--overlay", description = "Draw heat maps over the images.")
  private boolean overlay;

  @Option(names = "--absolute", description = "Draw absolute attributions instead of signed ones.")
  private boolean absolute;

  @Option(
      names = "--percentile",
      defaultValue = "99",
      paramLabel = "P",
      description =
          "Percentile of the absolute attributions that is drawn in full colour (default:"
              + " ${DEFAULT-VALUE}).")
  private double percentile;

  @SuppressWarnings("NullAway.Init")
  PictureOptions() {}

  /**
   * {@return what the page shows}
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  PageStyle style() {
    if (!(percentile > 0 && percentile <= 100)) {
      throw new IllegalArgumentException(
          "--percentile must be above 0 and at most 100, found " + percentile);
    }
    Sign sign = absolute ? Sign.ABSOLUTE : Sign.SIGNED;
    return new PageStyle(new MapStyle(sign, percentile, overlay), top, shown);
  }
}
