package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.AttributionChecks;
import org.xgradient.metrics.Direction;
import org.xgradient.metrics.Score;

/**
 * A way to judge an attribution by what a model makes of images of which only some pixels are left.
 *
 * <p>For a fraction {@code p} of {@code N} pixels, the attribution is averaged over the channels,
 * the pixels that have a place in the order are sorted, and {@code k = min(⌊ pN ⌋, n_+)} of the
 * {@code n_+} such pixels stay as they are; all others are masked in all channels, by a {@link
 * Fill}. The score as a function of {@code p} is a {@link MaskingCurve}; the area under it is the
 * metric. For tables each feature is a pixel.
 *
 * <p>The constants {@link #KPM}, {@link #KNM}, {@link #KAM} and {@link #RAM} are those of FAA,
 * Table 3; {@link #RPM} and {@link #RNM} complete the two families. With fractions from 0.01 to 1,
 * the area under a curve that is 1 everywhere is 0.99.
 *
 * @param name the name, as it stands in tables
 * @param order which pixels come first
 * @param masking from which end of the order pixels stay
 * @param score what of the model's output counts
 * @param direction which values are better
 * @see <a href="https://arxiv.org/abs/1905.04610">Lundberg et al. (2020), From local explanations
 *     to global understanding with explainable AI for trees, the masking metrics</a>
 * @see <a href="https://arxiv.org/abs/2111.07668">Hesse, Schaub-Meyer and Roth (2021), Fast
 *     axiomatic attribution for neural networks, Sec. 4.2</a>
 */
public record MaskingMetric(
    String name, PixelOrder order, Masking masking, Score score, Direction direction) {

  /** Keep positive: the target logit when the most positive pixels stay; higher is better. */
  public static final MaskingMetric KPM =
      new MaskingMetric(
          "KPM", PixelOrder.POSITIVE, Masking.KEEP, Score.TARGET_LOGIT, Direction.HIGHER_IS_BETTER);

  /** Keep negative: the target logit when the most negative pixels stay; lower is better. */
  public static final MaskingMetric KNM =
      new MaskingMetric(
          "KNM", PixelOrder.NEGATIVE, Masking.KEEP, Score.TARGET_LOGIT, Direction.LOWER_IS_BETTER);

  /** Keep absolute: the accuracy, in {@code [0, 1]}, when the strongest stay; higher is better. */
  public static final MaskingMetric KAM =
      new MaskingMetric(
          "KAM",
          PixelOrder.ABSOLUTE,
          Masking.KEEP,
          Score.TOP1_ACCURACY,
          Direction.HIGHER_IS_BETTER);

  /** Remove absolute: the accuracy, in {@code [0, 1]}, when the weakest stay; lower is better. */
  public static final MaskingMetric RAM =
      new MaskingMetric(
          "RAM",
          PixelOrder.ABSOLUTE,
          Masking.REMOVE,
          Score.TOP1_ACCURACY,
          Direction.LOWER_IS_BETTER);

  /**
   * Remove positive: the target logit when the least positive stay; lower is better.
   *
   * <p>As everywhere here, pixels without a place in the order are masked, so the curve ends where
   * that of {@link #KPM} does: a method that finds the positive pixels well pays for it at that
   * end. Compare methods by {@link #RAM} first.
   */
  public static final MaskingMetric RPM =
      new MaskingMetric(
          "RPM",
          PixelOrder.POSITIVE,
          Masking.REMOVE,
          Score.TARGET_LOGIT,
          Direction.LOWER_IS_BETTER);

  /**
   * Remove negative: the target logit when the least negative stay; higher is better. The curve
   * ends where that of {@link #KNM} does: see {@link #RPM}.
   */
  public static final MaskingMetric RNM =
      new MaskingMetric(
          "RNM",
          PixelOrder.NEGATIVE,
          Masking.REMOVE,
          Score.TARGET_LOGIT,
          Direction.HIGHER_IS_BETTER);

  /**
   * Insertion (Petsiuk et al. 2018): the target probability as pixels appear, the most positive
   * first; higher is better. Used with {@link MaskingOptions#insertion}.
   */
  public static final MaskingMetric INSERTION =
      new MaskingMetric(
          "insertion",
          PixelOrder.SIGNED,
          Masking.KEEP,
          Score.TARGET_PROBABILITY,
          Direction.HIGHER_IS_BETTER);

  /**
   * Deletion (Petsiuk et al. 2018): the target probability as pixels go, the most positive first,
   * as a function of the fraction that is left; lower is better. Used with {@link
   * MaskingOptions#deletion}.
   */
  public static final MaskingMetric DELETION =
      new MaskingMetric(
          "deletion",
          PixelOrder.SIGNED,
          Masking.REMOVE,
          Score.TARGET_PROBABILITY,
          Direction.LOWER_IS_BETTER);

  /** The two families of three: keep and remove, each positive, negative and absolute. */
  public static final ImmutableList<MaskingMetric> FAMILIES =
      ImmutableList.of(KPM, KNM, KAM, RPM, RNM, RAM);

  /**
   * The masks with which this metric judges attributions.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}, all finite
   * @param fraction how much of the pixels stays, in {@code [0, 1]}
   * @return 1 where a value stays and 0 where it is masked, of the shape of the attributions
   * @throws IllegalArgumentException if the fraction is out of range, or an attribution is not
   *     finite
   */
  public FloatArray masks(FloatArray attributions, double fraction) {
    checkArgument(
        fraction >= 0 && fraction <= 1, "the fraction must be in [0, 1], found %s", fraction);
    AttributionChecks.requireFinite("the attributions", attributions);
    FloatArray masks = FloatArray.zeros(attributions.shape().toArray());
    for (int row = 0; row < attributions.rows(); row++) {
      boolean[] stays = MaskedInputs.stays(attributions, row, this, fraction);
      for (int i = 0; i < stays.length; i++) {
        masks.values()[row * stays.length + i] = stays[i] ? 1 : 0;
      }
    }
    return masks;
  }
}
