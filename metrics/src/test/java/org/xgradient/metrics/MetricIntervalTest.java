package org.xgradient.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;

/** {@link Bootstrap#ofMetric}. */
class MetricIntervalTest {

  /** The accuracy is the mean of hits, whose interval is known by the other way. */
  @Test
  void ofAnAccuracyItIsThatOfAMean() {
    int rows = 300;
    DataRandom random = new DataRandom(7);
    FloatArray outputs = FloatArray.zeros(rows, 2);
    FloatArray labels = FloatArray.zeros(rows);
    double[] hits = new double[rows];
    for (int row = 0; row < rows; row++) {
      boolean hit = random.nextDouble() < 0.7;
      hits[row] = hit ? 1 : 0;
      labels.values()[row] = row % 2;
      outputs.values()[2 * row + (hit ? row % 2 : 1 - row % 2)] = 1;
    }
    Bootstrap bootstrap = new Bootstrap(400, 0.9, 3);

    ConfidenceInterval interval = bootstrap.ofMetric(new Accuracy(), outputs, labels);

    ConfidenceInterval expected = bootstrap.ofMean(hits);
    assertThat(interval.lower()).isCloseTo(expected.lower(), within(1e-9));
    assertThat(interval.upper()).isCloseTo(expected.upper(), within(1e-9));
  }

  /** Of ten rows with one of class 1 a third of the samples have none, and are drawn again. */
  @Test
  void samplesWithoutAClassAreDrawnAgain() {
    FloatArray outputs = FloatArray.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 10, 1);
    float[] last = new float[10];
    last[9] = 1;

    ConfidenceInterval interval =
        new Bootstrap(100, 0.95, 0).ofMetric(new RocAuc(), outputs, FloatArray.of(last, 10));

    assertThat(interval.lower()).isEqualTo(1);
    assertThatThrownBy(
            () -> new Bootstrap(100, 0.95, 0).ofMetric(new RocAuc(), outputs, FloatArray.zeros(10)))
        .isInstanceOf(UndefinedMetricException.class);
  }
}
