package org.xgradient.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.SampleMean;

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

  /** The difference of two accuracies is the mean of the differences of hits. */
  @Test
  void aDifferenceIsJudgedInPairs() {
    int rows = 5_000;
    DataRandom random = new DataRandom(8);
    FloatArray labels = FloatArray.zeros(rows);
    FloatArray first = FloatArray.zeros(rows, 2);
    FloatArray second = FloatArray.zeros(rows, 2);
    double[] differences = new double[rows];
    for (int row = 0; row < rows; row++) {
      boolean hit = random.nextDouble() < 0.7;
      // The other model differs in one row of ten.
      boolean other = hit != (random.nextInt(10) == 0);
      first.values()[2 * row + (hit ? 0 : 1)] = 1;
      second.values()[2 * row + (other ? 0 : 1)] = 1;
      differences[row] = (hit ? 1 : 0) - (other ? 1 : 0);
    }
    Bootstrap bootstrap = new Bootstrap(400, 0.95, 3);
    double error = SampleMean.of(differences).error();

    double found =
        bootstrap.errorOfMetricDifference(new Accuracy(), first, List.of(second), labels);
    ConfidenceInterval interval =
        bootstrap.ofMetricDifference(new Accuracy(), first, second, labels);

    // A standard deviation of 400 draws is off by 3.5 %.
    assertThat(found).isCloseTo(error, within(0.15 * error));
    assertThat(interval.upper() - interval.lower()).isCloseTo(3.92 * error, within(0.6 * error));
    assertThat(interval.contains(SampleMean.of(differences).mean())).isTrue();
    assertThat(
            bootstrap.errorOfMetricDifference(new Accuracy(), first, List.of(first, first), labels))
        .isZero();
  }
}
