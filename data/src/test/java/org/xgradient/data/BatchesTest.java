package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private static final ImmutableIntArray ROWS =
      ImmutableIntArray.copyOf(IntStream.range(100, 123).toArray());

  @Test
  void anEpochHoldsEachRowOnce() {
    Batches batches = Batches.shuffled(ROWS, 5, 9);
    List<ImmutableIntArray> epoch = batches.epoch(0);
    assertThat(epoch).hasSize(5).hasSize(batches.perEpoch());
    assertThat(epoch.get(4).length()).isEqualTo(3);
    assertThat(flat(epoch)).containsExactlyInAnyOrder(ROWS.toArray());
  }

  @Test
  void theOrderIsAFunctionOfSeedAndEpoch() {
    Batches batches = Batches.shuffled(ROWS, 5, 9);
    batches.epoch(2);
    assertThat(batches.epoch(7)).isEqualTo(Batches.shuffled(ROWS, 5, 9).epoch(7));
    assertThat(flat(batches.epoch(7))).isNotEqualTo(flat(batches.epoch(8)));
    assertThat(flat(batches.epoch(7))).isNotEqualTo(flat(Batches.shuffled(ROWS, 5, 8).epoch(7)));
  }

  @Test
  void theFullBatchKeepsTheOrder() {
    assertThat(Batches.full(ROWS).epoch(3)).containsExactly(ROWS);
    assertThat(Batches.inOrder(ROWS, Integer.MAX_VALUE).epoch(0)).containsExactly(ROWS);
    assertThat(flat(Batches.inOrder(ROWS, 10).epoch(1))).isEqualTo(ROWS.toArray());
  }

  @Test
  void refusesBadArguments() {
    assertThatThrownBy(() -> Batches.full(ImmutableIntArray.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batches must have at least one row to draw from, found none");
    assertThatThrownBy(() -> Batches.inOrder(ROWS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the batch size must be at least 1, found 0");
    assertThatThrownBy(() -> Batches.full(ROWS).epoch(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the epoch must be at least 0, found -1");
  }

  private static int[] flat(List<ImmutableIntArray> batches) {
    return batches.stream().flatMapToInt(ImmutableIntArray::stream).toArray();
  }
}
