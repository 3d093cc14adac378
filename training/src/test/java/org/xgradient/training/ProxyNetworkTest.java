package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.training.swap.Proxies;

class ProxyNetworkTest {

  private static final ImmutableIntArray FIRST = ImmutableIntArray.of(0);

  /** a = b xor c, d = |e| with noise of a tenth of its variance, and e is of no use for a. */
  private static FloatArray rows(int rows, long seed) {
    DataRandom random = new DataRandom(seed);
    FloatArray table = FloatArray.zeros(rows, 5);
    for (int row = 0; row < rows; row++) {
      float[] values = table.values();
      int b = random.nextInt(2);
      int c = random.nextInt(2);
      double e = random.nextGaussian();
      values[5 * row] = b ^ c;
      values[5 * row + 1] = b;
      values[5 * row + 2] = c;
      // The variance of |e| is 1 - 2 / pi.
      values[5 * row + 3] = (float) (Math.abs(e) + Math.sqrt(0.3634 / 9) * random.nextGaussian());
      values[5 * row + 4] = (float) e;
    }
    return table;
  }

  @Test
  void findsWhatStraightLinesDoNot() {
    FloatArray train = rows(600, 1);
    FloatArray judged = rows(300, 2);
    ImmutableIntArray both = ImmutableIntArray.of(1, 2);
    assertThat(Proxies.explained(judged, FIRST, both)).isLessThan(0.05);
    double found = ProxyNetwork.explained(train, judged, FIRST, both, 3);
    assertThat(found).isGreaterThan(0.97);
    assertThat(ProxyNetwork.explained(train, judged, FIRST, both, 3)).isEqualTo(found);
    ImmutableIntArray amount = ImmutableIntArray.of(3);
    ImmutableIntArray other = ImmutableIntArray.of(4);
    assertThat(ProxyNetwork.explained(train, judged, amount, other, 3))
        .isCloseTo(0.9, within(0.06));
    assertThat(ProxyNetwork.explained(train, judged, FIRST, other, 3)).isLessThan(0.05);
  }

  @Test
  void tooLittleExplainsNothing() {
    FloatArray judged = rows(50, 2);
    assertThat(ProxyNetwork.explained(rows(9, 1), judged, FIRST, ImmutableIntArray.of(1, 2), 3))
        .isZero();
    assertThatThrownBy(
            () -> ProxyNetwork.explained(judged, judged, FIRST, ImmutableIntArray.of(), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a feature to explain");
  }
}
