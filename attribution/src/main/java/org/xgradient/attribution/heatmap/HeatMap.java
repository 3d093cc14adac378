package org.xgradient.attribution.heatmap;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;
import org.xgradient.data.FloatArray;

/**
 * The attributions of one image, drawn.
 *
 * <p>The attributions of a pixel are summed over its channels, so that what is drawn adds up as the
 * attributions do. A few large sums would leave all others pale; so the sums are divided by a
 * percentile of their absolute values, the {@link #limit}, and those beyond it are clipped. Zero is
 * drawn as nothing: as white, or as the image underneath.
 *
 * @param sums the sum of each pixel's attributions, of shape {@code [height, width]}
 * @param sign whether signs are drawn
 * @param percentile the percentile of the absolute sums that is drawn in full colour, above 0, at
 *     most 100
 */
public record HeatMap(FloatArray sums, Sign sign, double percentile) {

  private static final double DEFAULT_PERCENTILE = 99;

  /** How far an image under a heat map is faded to white, so that dark parts don't hide colours. */
  private static final double FADED = 0.4;

  /** What the channels of sRGB add to the luminance: ITU-R BT.709. */
  private static final double[] LUMINANCE = {0.2126, 0.7152, 0.0722};

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the sums are not of such a shape with at least one pixel, a
   *     sum is not finite, or the percentile is not above 0 and at most 100
   */
  public HeatMap {
    checkArgument(
        sums.shape().length() == 2 && sums.size() > 0,
        "the sums of a heat map must be of shape [height, width] with at least one pixel, found %s",
        sums.shape());
    for (int i = 0; i < sums.size(); i++) {
      checkFinite(sums.values()[i], i / sums.rowSize(), i % sums.rowSize());
    }
    checkArgument(
        percentile > 0 && percentile <= 100,
        "the percentile must be above 0 and at most 100, found %s",
        percentile);
  }

  /**
   * The heat map of one image: signed, clipped at the 99th percentile.
   *
   * @param attributions of shape {@code [height, width, channels]}, at least one pixel, all finite
   * @return the heat map
   * @throws IllegalArgumentException if the attributions are not of such a shape, or one is not
   *     finite
   */
  public static HeatMap of(FloatArray attributions) {
    checkArgument(
        attributions.shape().length() == 3 && attributions.size() > 0,
        "attributions must be of shape [height, width, channels] with at least one pixel, found %s",
        attributions.shape());
    return new HeatMap(attributions.sumOverLast(), Sign.SIGNED, DEFAULT_PERCENTILE);
  }

  /**
   * The heat maps of several images.
   *
   * @param attributions of shape {@code [images, height, width, channels]}, all finite
   * @return the heat map of each image
   * @throws IllegalArgumentException if the attributions are not of such a shape, or one is not
   *     finite
   */
  public static ImmutableList<HeatMap> ofEach(FloatArray attributions) {
    checkArgument(
        attributions.shape().length() == 4,
        "attributions must be of shape [images, height, width, channels], found %s",
        attributions.shape());
    ImmutableList.Builder<HeatMap> maps = ImmutableList.builder();
    for (int i = 0; i < attributions.rows(); i++) {
      float[] image = attributions.rows(i, i + 1).values();
      maps.add(of(FloatArray.of(image, attributions.rowShape().toArray())));
    }
    return maps.build();
  }

  private static void checkFinite(double sum, int row, int column) {
    checkArgument(
        Double.isFinite(sum),
        "attributions must be finite, found %s in row %s, column %s; the model or its input is"
            + " broken there",
        sum,
        row,
        column);
  }

  /**
   * The same map drawn otherwise.
   *
   * @param sign whether signs are drawn
   * @return the heat map
   */
  public HeatMap withSign(Sign sign) {
    return new HeatMap(sums, sign, percentile);
  }

  /**
   * The same map clipped elsewhere.
   *
   * @param percentile the percentile of the absolute sums that is drawn in full colour, above 0, at
   *     most 100; 100 clips nothing
   * @return the heat map
   * @throws IllegalArgumentException if there is no such percentile
   */
  public HeatMap withPercentile(double percentile) {
    return new HeatMap(sums, sign, percentile);
  }

  /** {@return the height in pixels} */
  public int height() {
    return sums.rows();
  }

  /** {@return the width in pixels} */
  public int width() {
    return sums.rowSize();
  }

  /**
   * The absolute sum that is drawn in full colour: the percentile, or the largest one if the
   * percentile is zero because few pixels have attributions.
   *
   * @return the limit; 0 if all sums are zero
   */
  public double limit() {
    double[] sizes = new double[sums.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(sums.values()[i]);
    }
    double limit = StatUtils.percentile(sizes, percentile);
    return limit > 0 ? limit : StatUtils.max(sizes);
  }

  /**
   * How strongly each pixel is drawn.
   *
   * @return of shape {@code [height, width]}, from -1 to 1, or from 0 to 1 for absolute values; all
   *     0 if all sums are zero
   */
  public FloatArray intensities() {
    double limit = limit();
    float[] intensities = new float[sums.size()];
    for (int i = 0; i < intensities.length; i++) {
      float sum = sums.values()[i];
      double size = sum == 0 ? 0 : Math.min(1, Math.abs(sum) / limit);
      intensities[i] = (float) (sign == Sign.SIGNED ? Math.signum(sum) * size : size);
    }
    return FloatArray.of(intensities, height(), width());
  }

  /** {@return the map on white} */
  public Picture picture() {
    double[] paper = new double[sums.size()];
    Arrays.fill(paper, 1);
    return drawn(paper);
  }

  /**
   * Draws the map over the image, which is turned gray and faded for that.
   *
   * @param image of shape {@code [height, width, 3]}, red, green and blue in [0, 1]
   * @return the picture
   * @throws IllegalArgumentException if the image is not of such a shape and as large as this map,
   *     or a value is not in [0, 1]
   */
  public Picture over(FloatArray image) {
    Picture.checkImage(image);
    checkArgument(
        image.shape().get(0) == height() && image.shape().get(1) == width(),
        "the image must be of shape [%s, %s, 3] like the heat map, found %s",
        height(),
        width(),
        image.shape());
    double[] paper = new double[sums.size()];
    Arrays.fill(paper, FADED);
    for (int i = 0; i < image.size(); i++) {
      paper[i / 3] += (1 - FADED) * LUMINANCE[i % 3] * image.values()[i];
    }
    return drawn(paper);
  }

  private Picture drawn(double[] paper) {
    float[] intensities = intensities().values();
    int[] colors = new int[paper.length];
    for (int i = 0; i < colors.length; i++) {
      colors[i] = sign.color(intensities[i], paper[i]);
    }
    return new Picture(height(), width(), colors);
  }
}
