package org.xgradient.cli.image;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What the page about explained images shows.
 *
 * @param maps how heat maps are drawn
 * @param classesShown how many classes stand beside an image, at least 1
 * @param imagesShown how many images are on the page, the first ones, at least 1
 */
public record PageStyle(MapStyle maps, int classesShown, int imagesShown) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public PageStyle {
    checkArgument(classesShown >= 1, "--top must be at least 1, found %s", classesShown);
    checkArgument(imagesShown >= 1, "--shown must be at least 1, found %s", imagesShown);
  }
}
