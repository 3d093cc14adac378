package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FloatArrayRowsTest {

  @Test
  void rowsAreCutAndPutTogether() {
    FloatArray array = FloatArray.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    assertThat(array.rows(0, 1).followedBy(array.rows(1, 3))).isEqualTo(array);
    assertThat(array.followedBy(array.rows(3, 3))).isEqualTo(array);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> array.followedBy(FloatArray.zeros(1, 3)))
        .withMessage("rows must be of one shape, found [2] and [3]");
  }
}
