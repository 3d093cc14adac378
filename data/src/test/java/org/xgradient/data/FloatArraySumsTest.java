package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class FloatArraySumsTest {

  @Test
  void theLastDimensionIsSummed() {
    FloatArray array = FloatArray.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 2, 3);
    assertThat(array.sumOverLast()).isEqualTo(FloatArray.of(new float[] {6, 15, 24, 33}, 2, 2));
    assertThat(array.sumOverLast().sumOverLast()).isEqualTo(FloatArray.of(new float[] {21, 57}, 2));
    assertThat(FloatArray.zeros(2, 0).sumOverLast()).isEqualTo(FloatArray.zeros(2));
    assertThatIllegalStateException()
        .isThrownBy(() -> FloatArray.of(new float[] {1}).sumOverLast())
        .withMessageContaining("scalar");
  }

  /** Floats have 24 bits: added one by one to 2^24, ones would be lost. */
  @Test
  void smallValuesAreNotLost() {
    float large = 1 << 24;
    assertThat(FloatArray.of(new float[] {large, 1, 1, -large}, 1, 4).sumOverLast().values())
        .containsExactly(2);
  }
}
