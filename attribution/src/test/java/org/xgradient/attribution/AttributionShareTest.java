package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;

class AttributionShareTest {

  /** |values| add up to 10 in the first row, to 30 in the second. */
  private static final FloatArray ATTRIBUTIONS =
      FloatArray.of(new float[] {1, -2, 3, -4, 3, 0, -27, 0}, 2, 2, 2);

  @Test
  void isTheShareOfTheSumOfAbsoluteAttributions() {
    AttributionShare share = AttributionShare.of(ATTRIBUTIONS, 3, 0);
    assertThat(share.share()).isCloseTo(8.0 / 40, within(1e-12));
    assertThat(share.allowance()).isEqualTo(0.5);
    assertThat(share.worstRow()).isZero();
    assertThat(share.worstShare()).isCloseTo(0.5, within(1e-12));
    assertThat(AttributionShare.of(ATTRIBUTIONS, 0, 1, 2, 3).share()).isEqualTo(1);
  }

  @Test
  void assertsThatFeaturesCarryLittle() {
    AttributionShare share = AttributionShare.of(ATTRIBUTIONS, 1);
    assertThatCode(() -> share.assertAtMost(0.05)).doesNotThrowAnyException();
    assertThatThrownBy(() -> share.assertAtMost(0.02))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "features [1] carry 5.00 % of the attribution, at most 2.00 % are allowed; most in row"
                + " 0, 20.0 %");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> AttributionShare.of(ATTRIBUTIONS, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("features must be in [0, 4), found 4");
    assertThatThrownBy(() -> AttributionShare.of(ATTRIBUTIONS, 1, 1))
        .hasMessage("features must differ, found 1 twice");
    assertThatThrownBy(() -> AttributionShare.of(ATTRIBUTIONS))
        .hasMessage("there must be at least one feature, found none");
    assertThatThrownBy(() -> AttributionShare.of(FloatArray.zeros(3, 2), 0))
        .hasMessage("all attributions of 3 rows are zero, so no feature has a share of them");
    assertThatThrownBy(
            () -> AttributionShare.of(FloatArray.of(new float[] {1, Float.NaN}, 1, 2), 0))
        .hasMessage("attributions must be finite, found NaN in row 0, feature 1");
    assertThatThrownBy(() -> AttributionShare.of(ATTRIBUTIONS, 1).assertAtMost(2))
        .hasMessage("the limit must be in [0, 1], found 2.0");
  }
}
