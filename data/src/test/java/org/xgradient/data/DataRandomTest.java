package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class DataRandomTest {

  @Test
  void drawsTheBitsOfSplitMix64() {
    DataRandom random = new DataRandom(1234567);
    SplittableRandom oracle = new SplittableRandom(1234567);
    for (int i = 0; i < 100; i++) {
      assertThat(random.nextLong()).isEqualTo(oracle.nextLong());
    }
  }

  @Test
  void uniformNumbersFillTheUnitInterval() {
    DataRandom random = new DataRandom(1);
    double[] drawn = IntStream.range(0, 100_000).mapToDouble(i -> random.nextDouble()).toArray();
    assertThat(StatUtils.min(drawn)).isBetween(0.0, 0.001);
    assertThat(StatUtils.max(drawn)).isLessThan(1).isGreaterThan(0.999);
    // Five standard errors of the mean and of the variance.
    assertThat(StatUtils.mean(drawn)).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / 100_000)));
    assertThat(StatUtils.variance(drawn)).isCloseTo(1 / 12.0, within(5 * 0.0745 / 316));
  }

  @Test
  void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    DataRandom random = new DataRandom(2);
    int n = 200_000;
    double[] drawn = IntStream.range(0, n).mapToDouble(i -> random.nextGaussian()).toArray();
    // Five standard errors each: the variances of z, z^2 and z^4 are 1, 2 and 96.
    assertThat(StatUtils.mean(drawn)).isCloseTo(0, within(5 * Math.sqrt(1.0 / n)));
    assertThat(meanPower(drawn, 2)).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
    assertThat(meanPower(drawn, 4)).isCloseTo(3, within(5 * Math.sqrt(96.0 / n)));
    assertThat(meanLagProduct(drawn)).isCloseTo(0, within(5 * Math.sqrt(1.0 / n)));
  }

  @Test
  void wholeNumbersBelowABoundAreEquallyLikely() {
    DataRandom random = new DataRandom(3);
    int[] counts = new int[6];
    for (int i = 0; i < 60_000; i++) {
      counts[random.nextInt(6)]++;
    }
    // Five standard deviations of a binomial count.
    assertThat(counts)
        .satisfies(c -> assertThat(Arrays.stream(c).min().orElse(0)).isGreaterThan(9540));
    assertThat(Arrays.stream(counts).max().orElse(0)).isLessThan(10_460);
    assertThat(random.nextInt(1)).isZero();
    assertThatThrownBy(() -> random.nextInt(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the bound must be at least 1, found 0");
  }

  @Test
  void permutationsHoldEachNumberOnceAndAreEquallyLikely() {
    DataRandom random = new DataRandom(4);
    int[] counts = new int[27];
    for (int i = 0; i < 6000; i++) {
      int[] order = random.permutation(3);
      assertThat(order).containsExactlyInAnyOrder(0, 1, 2);
      counts[9 * order[0] + 3 * order[1] + order[2]]++;
    }
    int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertThat(seen).hasSize(6);
    // Five standard deviations of a binomial count with mean 1000.
    assertThat(Arrays.stream(seen).min().orElse(0)).isGreaterThan(1000 - 145);
    assertThat(new DataRandom(5).permutation(0)).isEmpty();
  }

  @Test
  void derivedSeedsDependOnEveryArgument() {
    long seed = Seeds.derive(1, "shuffle", 2, 3);
    assertThat(Seeds.derive(1, "shuffle", 2, 3)).isEqualTo(seed);
    assertThat(
            new long[] {
              Seeds.derive(2, "shuffle", 2, 3),
              Seeds.derive(1, "dropout", 2, 3),
              Seeds.derive(1, "shuffle", 3, 2),
              Seeds.derive(1, "shuffle", 2),
              Seeds.derive(1, "shuffle", 2, 3, 0),
              Seeds.derive(1, "shuffle"),
              seed
            })
        .doesNotHaveDuplicates();
  }

  /** Another number here would change what every root seed of the past gives. */
  @Test
  void derivedSeedsStayTheSame() {
    assertThat(Seeds.derive(1, "shuffle", 2, 3)).isEqualTo(-6517802728868609138L);
  }

  @Test
  void derivedSeedsDifferInHalfOfTheirBits() {
    int n = 1000;
    int different = 0;
    for (int i = 0; i < n; i++) {
      different += Long.bitCount(Seeds.derive(7, "a", i) ^ Seeds.derive(7, "a", i + 1));
    }
    // Five standard errors: 64 fair bits have variance 16.
    assertThat(different / (double) n).isCloseTo(32, within(5 * 4 / Math.sqrt(n)));
  }

  private static double meanPower(double[] values, int power) {
    return Arrays.stream(values).map(v -> Math.pow(v, power)).average().orElseThrow();
  }

  private static double meanLagProduct(double[] values) {
    return IntStream.range(1, values.length)
        .mapToDouble(i -> values[i] * values[i - 1])
        .average()
        .orElseThrow();
  }
}
