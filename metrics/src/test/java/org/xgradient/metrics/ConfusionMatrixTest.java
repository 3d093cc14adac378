package org.xgradient.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  @Test
  void countsByActualAndPredictedClass() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(3, new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 1, 1, 0});

    assertThat(matrix.count(0, 0)).isEqualTo(2);
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.count(1, 0)).isEqualTo(1);
    assertThat(matrix.recall(0)).isEqualTo(2 / 3.0);
    assertThat(matrix.precision(1)).isEqualTo(0.5);
    assertThat(matrix.recall(2)).isNaN();
    assertThat(matrix.precision(2)).isNaN();
  }

  @Test
  void refusesUnknownClasses() {
    assertThatThrownBy(() -> ConfusionMatrix.of(2, new int[] {2}, new int[] {0}))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ConfusionMatrix.of(2, new int[] {1}, new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
