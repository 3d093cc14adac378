package org.xgradient.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;

class TimingTest {

  private static final FloatArray ONE = FloatArray.of(new float[] {1}, 1);

  @Test
  void takesTheMiddleOfTheTimes() {
    Timing odd = Timing.of(5, 1, 3);
    assertThat(odd.median()).isEqualTo(3);
    assertThat(odd.min()).isEqualTo(1);
    assertThat(odd.max()).isEqualTo(5);
    assertThat(odd.repetitions()).isEqualTo(3);
    assertThat(Timing.of(4, 1, 2, 3).median()).isEqualTo(2.5);
  }

  @Test
  void repeatsLongWorkThreeTimesAfterOneThatDoesNotCount() {
    var protocol = new Protocol(0, 0);
    List<Integer> runs = new ArrayList<>();
    Workload work =
        () -> {
          runs.add(runs.size());
          return ONE;
        };
    protocol.warmUp(work);
    Timing timing = protocol.measure(work);
    assertThat(runs).hasSize(4);
    assertThat(timing.repetitions()).isEqualTo(3);
    assertThatThrownBy(() -> new Protocol(1, -1))
        .hasMessage("times must be at least 0 seconds, found 1.0 and -1.0");
  }

  @Test
  void runsBothSidesOfARatioInTurn() {
    List<String> order = new ArrayList<>();
    // The first side sleeps about five times as long as the second.
    Timing ratios =
        SideBySide.ratios(sleeping("a", 10, order), sleeping("b", 2, order), new Protocol(0, 0.1));
    // Runs of a side: a warm-up, one that finds out how many make a round, the rounds.
    List<String> rounds = order.subList(4, order.size());
    for (int i = 0; i < rounds.size(); i += 2) {
      assertThat(rounds.subList(i, i + 2)).containsExactlyInAnyOrder("a", "b");
    }
    assertThat(rounds.subList(0, 4)).containsExactly("a", "b", "b", "a");
    // A sleep is never shorter than asked for; on a busy machine both are longer.
    assertThat(ratios.median()).isBetween(1.2, 6.0);
    assertThat(ratios.repetitions()).isGreaterThanOrEqualTo(5);
  }

  private static Workload sleeping(String name, long milliseconds, List<String> order) {
    return () -> {
      order.add(name);
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return ONE;
    };
  }

  @Test
  void checksumsTellOrderAndSignButNotRounding() {
    FloatArray values = FloatArray.of(new float[] {1, 2, 3}, 3);
    assertThat(Checksum.of(values)).isEqualByComparingTo("14");
    assertThat(Checksum.of(FloatArray.of(new float[] {1.00001f, 2, 3}, 3)))
        .isEqualByComparingTo("14");
    assertThat(Checksum.of(FloatArray.of(new float[] {2, 1, 3}, 3))).isEqualByComparingTo("13");
    assertThat(Checksum.of(FloatArray.of(new float[] {-1, 2, 3}, 3))).isEqualByComparingTo("12");
    assertThatThrownBy(() -> Checksum.of(FloatArray.zeros(3)))
        .hasMessageContaining("finite and not all zero");
    assertThatThrownBy(() -> Checksum.of(FloatArray.of(new float[] {1, Float.NaN}, 2)))
        .hasMessageContaining("finite and not all zero");
  }
}
