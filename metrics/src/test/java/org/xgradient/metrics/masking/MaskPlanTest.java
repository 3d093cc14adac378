package org.xgradient.metrics.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.ImageNet;

class MaskPlanTest {

  private static final PixelLayout LAYOUT = PixelLayout.of(ImmutableIntArray.of(100, 100, 3));

  @Test
  void anAttributionOfZerosNeedsOneMask() {
    assertThat(masks(FloatArray.zeros(1, 100, 100, 3))).isEqualTo(1);
  }

  @Test
  void pointsOfCurvesShareMasks() {
    FloatArray positive = ImageNet.normal(new DataRandom(1), 1, 100, 100, 3);
    for (int i = 0; i < positive.size(); i++) {
      positive.values()[i] = Math.abs(positive.values()[i]) + 0.01f;
    }
    // Two orders that are the same but differ in name: 15 fractions each to keep and to remove. The
    // image as a whole is one mask, and so is nothing, which is all that negative keeps.
    assertThat(masks(positive)).isEqualTo(2 * (15 + 15) + 2);
  }

  @Test
  void aCurveIsFlatOnceAllOfItsPixelsAreKept() {
    FloatArray half = ImageNet.normal(new DataRandom(1), 1, 100, 100, 3);
    for (int i = 0; i < half.size(); i++) {
      half.values()[i] = i % 300 < 150 ? 1 : -1;
    }
    // 13 fractions are less than a half: each sign has those to keep, those to remove, and all.
    // Absolute has 15 of each; the image as a whole is one more.
    assertThat(masks(half)).isEqualTo(2 * (13 + 13 + 1) + 15 + 15 + 1);
  }

  private static int masks(FloatArray attributions) {
    var plan = new MaskPlan(MaskingOptions.withDefaults(), LAYOUT);
    plan.add(0, PixelRanks.of(attributions, 0, LAYOUT));
    int points = 0;
    for (MaskPlan.PlannedMask mask : plan.masks()) {
      points += mask.points().size();
    }
    assertThat(points).isEqualTo(6 * 16);
    return Iterables.size(plan.masks());
  }
}
