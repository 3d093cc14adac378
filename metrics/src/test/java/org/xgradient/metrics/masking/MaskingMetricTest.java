package org.xgradient.metrics.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;

class MaskingMetricTest {

  /** Two pixels of two channels in each of two rows. */
  private static final FloatArray ATTRIBUTIONS =
      FloatArray.of(new float[] {3, -1, 0, -2, -1, -1, 4, 4, 1, 0, 5, -5}, 2, 1, 3, 2);

  /** The means over the channels are 1, -1, -1 and 4, 0.5, 0. */
  @Test
  void masksAreThoseOfThePixelsThatStay() {
    assertThat(MaskingMetric.KPM.masks(ATTRIBUTIONS, 0.4).values())
        .containsExactly(1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
    assertThat(MaskingMetric.KNM.masks(ATTRIBUTIONS, 0.4).values())
        .containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(MaskingMetric.KAM.masks(ATTRIBUTIONS, 1).values())
        .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0);
    assertThat(MaskingMetric.KAM.masks(ATTRIBUTIONS, 0).values()).containsOnly(0);
    assertThat(MaskingMetric.KAM.masks(ATTRIBUTIONS, 0.7).shape()).isEqualTo(ATTRIBUTIONS.shape());
  }

  @Test
  void refusesWhatHasNoMasks() {
    assertThatThrownBy(() -> MaskingMetric.KPM.masks(ATTRIBUTIONS, 1.1))
        .hasMessage("the fraction must be in [0, 1], found 1.1");
    FloatArray infinite = FloatArray.of(new float[] {1, Float.POSITIVE_INFINITY}, 1, 2);
    assertThatThrownBy(() -> MaskingMetric.KPM.masks(infinite, 0.5))
        .hasMessageContaining("the attributions");
  }
}
