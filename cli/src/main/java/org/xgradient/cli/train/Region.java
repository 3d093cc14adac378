package org.xgradient.cli.train;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.List;
import org.xgradient.data.FloatArray;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A part of images.
 *
 * @param left how many pixels are left of it, at least 0
 * @param top how many pixels are above it, at least 0
 * @param width how many pixels wide it is, at least 1
 * @param height how many pixels high it is, at least 1
 */
record Region(int left, int top, int width, int height) {

  private static final int CHANNELS = 3;

  /** Reads four numbers. */
  static final class Converter implements ITypeConverter<Region> {

    private static final Splitter COMMAS = Splitter.on(',').trimResults();

    @Override
    public Region convert(String value) {
      List<Integer> numbers = COMMAS.splitToStream(value).map(Ints::tryParse).toList();
      if (numbers.size() != 4
          || numbers.contains(null)
          || numbers.get(0) < 0
          || numbers.get(1) < 0
          || numbers.get(2) < 1
          || numbers.get(3) < 1) {
        throw new TypeConversionException(
            "must be LEFT,TOP,WIDTH,HEIGHT in pixels, such as 0,0,16,16, found \"%s\""
                .formatted(value));
      }
      return new Region(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }
  }

  /**
   * The pixels of some regions.
   *
   * @param side the height and width of the images
   * @return 1 there and 0 elsewhere, of shape {@code [side, side, 3]}
   * @throws IllegalArgumentException if a region does not lie in the images
   */
  static FloatArray mask(List<Region> regions, int side) {
    FloatArray mask = FloatArray.zeros(side, side, CHANNELS);
    for (Region region : regions) {
      // In longs, whose sums do not overflow.
      if ((long) region.left + region.width > side || (long) region.top + region.height > side) {
        throw new IllegalArgumentException(
            "%s must lie in the %s x %s pixels that the network is given, found %s"
                .formatted(ObjectiveOptions.REGION, side, side, region));
      }
      region.fill(mask);
    }
    return mask;
  }

  private void fill(FloatArray mask) {
    int side = mask.shape().get(0);
    for (int y = top; y < top + height; y++) {
      int from = (y * side + left) * CHANNELS;
      Arrays.fill(mask.values(), from, from + width * CHANNELS, 1);
    }
  }

  @Override
  public String toString() {
    return "%d,%d,%d,%d".formatted(left, top, width, height);
  }
}
