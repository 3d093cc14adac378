package org.xgradient.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xgradient.data.DataRandom;

class CalibrationCurveTest {

  @Test
  void binsHaveEqualCountsInOrder() {
    CalibrationCurve curve =
        CalibrationCurve.of(
            new double[] {0.9, 0.1, 0.3, 0.7}, new boolean[] {true, false, true, true}, 2);

    assertThat(curve.bins()).hasSize(2);
    assertThat(curve.bins().get(0).rows()).isEqualTo(2);
    assertThat(curve.bins().get(0).probability()).isCloseTo(0.2, within(1e-12));
    assertThat(curve.bins().get(0).share()).isEqualTo(0.5);
    assertThat(curve.bins().get(1).probability()).isCloseTo(0.8, within(1e-12));
    assertThat(curve.bins().get(1).share()).isEqualTo(1);
    // (2 |0.2 - 0.5| + 2 |0.8 - 1|) / 4
    assertThat(curve.expectedError()).isCloseTo(0.25, within(1e-12));
  }

  /** Newcombe (1998), Statistics in Medicine 17, Table I, method 3: 81 of 263, and 0 of 20. */
  @Test
  void theIntervalIsWilsons() {
    assertInterval(81, 263, 0.2553, 0.3662);
    assertInterval(0, 20, 0, 0.1611);
  }

  private static void assertInterval(int hits, int rows, double lower, double upper) {
    double[] probabilities = new double[rows];
    boolean[] cameTrue = new boolean[rows];
    for (int i = 0; i < hits; i++) {
      cameTrue[i] = true;
    }
    ConfidenceInterval interval =
        CalibrationCurve.of(probabilities, cameTrue, 1).bins().get(0).interval();
    assertThat(interval.lower()).isCloseTo(lower, within(5e-5));
    assertThat(interval.upper()).isCloseTo(upper, within(5e-5));
  }

  /** Outcomes that are drawn with their probabilities. */
  @Test
  void aTrueProbabilityIsCalibrated() {
    DataRandom random = new DataRandom(5);
    double[] probabilities = new double[20_000];
    boolean[] cameTrue = new boolean[probabilities.length];
    boolean[] opposite = new boolean[probabilities.length];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = random.nextDouble();
      cameTrue[i] = random.nextDouble() < probabilities[i];
      opposite[i] = !cameTrue[i];
    }
    assertThat(CalibrationCurve.of(probabilities, cameTrue, 10).expectedError()).isLessThan(0.02);
    // E |p - (1 - p)| of uniform p is one half.
    assertThat(CalibrationCurve.of(probabilities, opposite, 10).expectedError())
        .isCloseTo(0.5, within(0.03));
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatThrownBy(() -> CalibrationCurve.of(new double[] {1.5}, new boolean[] {true}, 1))
        .hasMessage("a probability must be in [0, 1], found 1.5");
    assertThatThrownBy(() -> CalibrationCurve.of(new double[0], new boolean[0], 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(CalibrationCurve.of(new double[] {0.5}, new boolean[] {true}, 10).bins()).hasSize(1);
  }
}
