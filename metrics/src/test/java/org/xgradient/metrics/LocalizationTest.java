package org.xgradient.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;

class LocalizationTest {

  /** Two images of 2 x 3 pixels and 2 channels; the strongest pixels are (0, 2) and (1, 1). */
  private static final FloatArray ATTRIBUTIONS =
      FloatArray.of(
          new float[] {
            1, 1, 9, -9, 2, 4, -5, -5, 0, 0, 0, 0, //
            0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 1, 1
          },
          2,
          2,
          3,
          2);

  private static final FloatArray LEFT_COLUMN =
      FloatArray.of(new float[] {1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0}, 2, 2, 3);

  @Test
  void pointingGameCountsHitsNearTheMask() {
    assertThat(Localization.pointingGame(ATTRIBUTIONS, LEFT_COLUMN, 0)).isEqualTo(0);
    // (1, 1) is one pixel from the column, (0, 2) two.
    assertThat(Localization.pointingGame(ATTRIBUTIONS, LEFT_COLUMN, 1)).isEqualTo(0.5);
    assertThat(Localization.pointingGame(ATTRIBUTIONS, LEFT_COLUMN, 2)).isEqualTo(1);
    assertThat(Localization.pointingGame(ATTRIBUTIONS, FloatArray.zeros(2, 2, 3), 9)).isEqualTo(0);
  }

  @Test
  void massIsThatOfPositiveMeans() {
    // The first image has 1 at (0, 0) and 3 at (0, 2), the second 3 at (1, 1) and 1 at (1, 2).
    assertThat(Localization.massInside(ATTRIBUTIONS, LEFT_COLUMN)).containsExactly(0.25, 0);
    assertThat(Localization.massInside(FloatArray.zeros(1, 4), FloatArray.zeros(1, 4)))
        .containsExactly(Double.NaN);
  }

  @Test
  void masksMustFit() {
    assertThatThrownBy(() -> Localization.massInside(ATTRIBUTIONS, ATTRIBUTIONS))
        .hasMessage(
            "masks must be of shape [2, 2, 3] for attributions of shape [2, 2, 3, 2], found"
                + " [2, 2, 3, 2]");
    assertThatThrownBy(() -> Localization.pointingGame(ATTRIBUTIONS, LEFT_COLUMN, -1))
        .hasMessage("the tolerance must be at least 0, found -1.0");
  }
}
