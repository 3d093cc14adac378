package org.xgradient.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;
import org.xgradient.attribution.completeness.Completeness;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;

class StatisticsTest {

  @Test
  void bootstrapCoversTheMeanAsOftenAsItSays() {
    var random = new DataRandom(1);
    int covered = 0;
    for (int repetition = 0; repetition < 400; repetition++) {
      double[] values = new double[60];
      for (int i = 0; i < values.length; i++) {
        values[i] = 3 + random.nextGaussian();
      }
      if (new Bootstrap(300, 0.9, repetition).ofMean(values).contains(3)) {
        covered++;
      }
    }
    // Binomial with n = 400 and p = 0.9 has standard deviation 6; percentile intervals of 60 values
    // are a little short.
    assertThat(covered).isBetween(336, 378);
  }

  @Test
  void bootstrapIsAFunctionOfItsSeed() {
    double[] values = {1, 2, 4, 8, 16};
    var bootstrap = Bootstrap.withDefaults();
    assertThat(bootstrap.ofMean(values)).isEqualTo(bootstrap.ofMean(values));
    assertThat(bootstrap.ofMean(values)).isNotEqualTo(bootstrap.withSeed(1).ofMean(values));
    assertThat(bootstrap.ofMean(5)).isEqualTo(new ConfidenceInterval(5, 5, 0.95));
    var narrow = bootstrap.withConfidence(0.5).ofMean(values);
    var wide = bootstrap.ofMean(values);
    assertThat(wide.lower()).isLessThan(narrow.lower());
    assertThat(wide.upper()).isGreaterThan(narrow.upper());
  }

  @Test
  void columnsAreDrawnTogether() {
    // The second column is ten times the first, so its interval is, too.
    var columns = FloatArray.of(new float[] {1, 10, 2, 20, 5, 50}, 3, 2);
    var intervals = Bootstrap.withDefaults().ofColumnMeans(columns);
    assertThat(intervals).hasSize(2);
    assertThat(intervals.get(1).lower()).isCloseTo(10 * intervals.get(0).lower(), within(1e-12));
    assertThatThrownBy(
            () ->
                Bootstrap.withDefaults()
                    .ofColumnMeans(FloatArray.of(new float[] {1, Float.NaN}, 1, 2)))
        .hasMessage("the values must be numbers, found NaN in row 0, column 1");
  }

  @Test
  void pairedDifferenceIsThatOfTheTTest() {
    double[] first = {3, 5, 1, 4, 9, 2};
    double[] second = {2, 4, 2, 1, 7, 2};
    var difference = PairedDifference.of(first, second);
    assertThat(difference.count()).isEqualTo(6);
    assertThat(difference.mean()).isCloseTo(1, within(1e-15));
    assertThat(difference.mean() / difference.standardError())
        .isCloseTo(new TTest().pairedT(first, second), within(1e-12));
    // The one-sided bound is 0 at a confidence of 1 - p, with p the one-sided p-value.
    double p = new TTest().pairedTTest(first, second) / 2;
    assertThat(difference.lowerBound(1 - p)).isCloseTo(0, within(1e-9));
    assertThat(difference.interval(0.9).lower())
        .isCloseTo(difference.lowerBound(0.95), within(1e-12));
    assertThatThrownBy(() -> PairedDifference.of(new double[1], new double[1]))
        .hasMessage("a standard error needs at least 2 pairs, found 1");
  }

  @Test
  void rankAgreementByHand() {
    var first = FloatArray.of(new float[] {1, 2, 3, 4, 1, 1, 1, 1, 1, -2, 3, -4}, 3, 4);
    var second = FloatArray.of(new float[] {2, 1, 4, 3, 1, 2, 3, 4, -1, 2, -3, 4}, 3, 4);
    // 1 - 6 Σ d² / (n (n² - 1)) with d² = 1 four times; no order; the signed order reversed.
    assertThat(RankAgreement.ofRows(first, second))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(1 - 6 * 4 / 60.0, 0, -1);
    assertThat(RankAgreement.ofAbsoluteRows(first, second))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(1 - 6 * 4 / 60.0, 0, 1);
  }

  @Test
  void completenessByHand() {
    var attributions = FloatArray.of(new float[] {1, 2, 3, 4}, 2, 2);
    var outputs = FloatArray.of(new float[] {4, 8}, 2);
    var baselines = FloatArray.of(new float[] {0, 3}, 2);
    // Gaps: 3 - 4 and 7 - 5; differences 4 and 5.
    assertThat(Completeness.of(attributions, outputs, baselines))
        .isEqualTo(new Completeness(1.5, 2, 3 / 9.0));
    assertThatThrownBy(() -> Completeness.of(attributions, outputs, FloatArray.zeros(3)))
        .hasMessageContaining("for each of 2 rows, found 2 and 3");
  }
}
