package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.Direction;
import org.xgradient.metrics.PairedDifference;

/**
 * The score of masked images as a function of the fraction of pixels that stay.
 *
 * @param method the name of the attribution method
 * @param metric the metric
 * @param fractions the fractions {@code p}, in increasing order
 * @param values the score of each image at each fraction, of shape {@code [images, fractions]}, at
 *     least one image
 * @param imageIds what tells the images apart: the beginning of a checksum of each one's values and
 *     label
 */
public record MaskingCurve(
    String method,
    MaskingMetric metric,
    ImmutableDoubleArray fractions,
    FloatArray values,
    ImmutableList<String> imageIds) {

  /**
   * Checks that the sizes fit.
   *
   * @throws IllegalArgumentException if they do not, there is no image, or the fractions do not
   *     increase
   */
  public MaskingCurve {
    KeptFractions.check(fractions);
    checkArgument(
        values.shape().length() == 2
            && values.rows() > 0
            && values.rows() == imageIds.size()
            && values.rowSize() == fractions.length(),
        "the values must be of shape [%s, %s], at least one image, found %s",
        imageIds.size(),
        fractions.length(),
        values.shape());
  }

  /** {@return the number of images} */
  public int images() {
    return values.rows();
  }

  /** {@return the mean score over the images at each fraction} */
  public ImmutableDoubleArray scores() {
    double[] scores = new double[fractions.length()];
    for (int i = 0; i < values.size(); i++) {
      scores[i % scores.length] += values.values()[i];
    }
    for (int f = 0; f < scores.length; f++) {
      scores[f] /= images();
    }
    return ImmutableDoubleArray.copyOf(scores);
  }

  /** {@return the area under the curve of the mean scores, by the trapezoid rule} */
  public double auc() {
    double sum = 0;
    for (double area : imageAucs()) {
      sum += area;
    }
    return sum / images();
  }

  /** {@return the area under the curve of each image, whose mean is that of the mean curve} */
  public double[] imageAucs() {
    double[] areas = new double[images()];
    int count = fractions.length();
    for (int image = 0; image < areas.length; image++) {
      for (int f = 1; f < count; f++) {
        double width = fractions.get(f) - fractions.get(f - 1);
        areas[image] += width * (value(image, f - 1) + value(image, f)) / 2;
      }
    }
    return areas;
  }

  /**
   * The score of one image.
   *
   * @param image the index of the image
   * @param fraction the index of the fraction
   * @return the score
   */
  public double value(int image, int fraction) {
    return values.values()[image * fractions.length() + fraction];
  }

  /**
   * The confidence interval of the area, over the images.
   *
   * @param bootstrap how to draw
   * @return the interval
   */
  public ConfidenceInterval aucInterval(Bootstrap bootstrap) {
    return bootstrap.ofMean(imageAucs());
  }

  /**
   * The confidence interval of each mean score, over the images.
   *
   * @param bootstrap how to draw
   * @return an interval for each fraction
   */
  public ImmutableList<ConfidenceInterval> band(Bootstrap bootstrap) {
    return bootstrap.ofColumnMeans(values);
  }

  /**
   * By how much the area of this curve is better than that of another, image by image, in the
   * direction of the metric: positive where this one is better.
   *
   * @param other a curve of the same metric and fractions on the same images
   * @return the mean improvement
   * @throws IllegalArgumentException if the curves can't be compared, or there are fewer than two
   *     images
   */
  public PairedDifference improvementOver(MaskingCurve other) {
    checkArgument(
        metric.equals(other.metric) && fractions.equals(other.fractions),
        "curves must be of the same metric and fractions, found %s at %s and %s at %s",
        metric.name(),
        fractions,
        other.metric.name(),
        other.fractions);
    checkArgument(
        images() == other.images(),
        "curves must be of the same images, found %s and %s images",
        images(),
        other.images());
    for (int i = 0; i < images(); i++) {
      checkArgument(
          imageIds.get(i).equals(other.imageIds.get(i)),
          "curves must be of the same images, found %s and %s as image %s",
          imageIds.get(i),
          other.imageIds.get(i),
          i);
    }
    return metric.direction() == Direction.HIGHER_IS_BETTER
        ? PairedDifference.of(imageAucs(), other.imageAucs())
        : PairedDifference.of(other.imageAucs(), imageAucs());
  }
}
