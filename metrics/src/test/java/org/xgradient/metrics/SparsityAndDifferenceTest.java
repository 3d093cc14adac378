package org.xgradient.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;

class SparsityAndDifferenceTest {

  /** The double sum, as the formula has it. */
  private static double plainGini(double[] values) {
    double differences = 0;
    double sum = 0;
    for (double a : values) {
      sum += a;
      for (double b : values) {
        differences += Math.abs(a - b);
      }
    }
    return differences / (2 * values.length * sum);
  }

  @Test
  void giniIsTheDoubleSum() {
    var random = new DataRandom(1);
    for (int n = 1; n < 20; n++) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = random.nextInt(5) + 0.25;
      }
      // Sums of quarters are exact; one division rounds.
      assertThat(Gini.of(values)).isCloseTo(plainGini(values), within(1e-15));
    }
  }

  @Test
  void giniOfTheEnds() {
    assertThat(Gini.of(3, 3, 3, 3)).isEqualTo(0);
    assertThat(Gini.of(0, 0, 7, 0)).isEqualTo(0.75);
    assertThat(Gini.of(0, 0, 0)).isEqualTo(0);
    assertThatThrownBy(() -> Gini.of(1, -2, 3))
        .hasMessage("the values must be finite and at least 0, found values from -2.0 to 3.0");
    assertThatThrownBy(() -> Gini.of()).hasMessageContaining("at least one value, found none");
  }

  @Test
  void giniOfRowsAndOfTheirMeanDiffer() {
    // Each row uses one feature, all together use both alike.
    var attributions = FloatArray.of(new float[] {-2, 0, 0, 2}, 2, 2);
    assertThat(Gini.ofMeanAbsolute(attributions)).isEqualTo(0);
    assertThat(Gini.ofRows(attributions)).containsExactly(0.5, 0.5);
    assertThatThrownBy(() -> Gini.ofRows(FloatArray.of(new float[] {1, 2, Float.NaN, 3}, 2, 2)))
        .hasMessage("the attributions must be finite, found NaN in row 1, feature 0");
  }

  @Test
  void relativeDifferenceByHand() {
    var reference = FloatArray.of(new float[] {1, -2, 4, 1, 0, 8}, 3, 2);
    var other = FloatArray.of(new float[] {2, -2, 2, 0, 0, 6}, 3, 2);
    // Eq. 14: (1 + 0 + 1/2 + 1 + 0 + 1/4) / 6
    assertThat(RelativeDifference.ofFeatures(reference, other)).isCloseTo(2.75 / 6, within(1e-15));
    // Batches of two rows: 4 / 8 and 2 / 8. The 1e-7 in the denominator shows in the 8th digit.
    assertThat(RelativeDifference.ofBatches(reference, other, 2))
        .isCloseTo((4 / 8.0 + 2 / 8.0) / 2, within(1e-7));
    assertThat(RelativeDifference.ofBatches(reference, other, 16))
        .isCloseTo(6 / 16.0, within(1e-7));
    assertThat(RelativeDifference.ofBatches(reference, reference, 1)).isEqualTo(0);
  }

  @Test
  void relativeDifferenceFromZero() {
    var zero = FloatArray.zeros(1, 2);
    var one = FloatArray.of(new float[] {1, 0}, 1, 2);
    assertThat(RelativeDifference.ofFeatures(zero, one)).isInfinite();
    assertThat(RelativeDifference.ofFeatures(zero, zero)).isEqualTo(0);
    assertThat(RelativeDifference.ofBatches(zero, one, 1)).isCloseTo(0.5e7, within(1e-6));
    assertThatThrownBy(() -> RelativeDifference.ofFeatures(zero, FloatArray.zeros(2, 2)))
        .hasMessage(
            "the reference and the attributions must be of the same shape, found [1, 2] and [2, 2]");
  }
}
