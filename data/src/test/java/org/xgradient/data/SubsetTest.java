package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.data.table.TabularDataset;

class SubsetTest {

  private static final ImmutableList<String> NAMES = ImmutableList.of("a", "b");

  private static final Dataset WHOLE =
      new TabularDataset(
          FloatArray.of(new float[] {0, 1, 10, 11, 20, 21}, 3, 2),
          FloatArray.of(new float[] {0, 1, 0}, 3),
          Task.BINARY,
          1,
          NAMES,
          ColumnGroups.ofSingleFeatures(NAMES));

  @Test
  void readsTheRowsInTheirOrder() {
    Dataset subset = new Subset(WHOLE, ImmutableIntArray.of(2, 0));
    assertThat(subset.size()).isEqualTo(2);
    assertThat(subset.all().inputs().values()).containsExactly(20, 21, 0, 1);
    assertThat(subset.batch(1).labels().values()).containsExactly(0);
    assertThat(subset.inputShape()).isEqualTo(WHOLE.inputShape());
    assertThat(subset.outputs()).isEqualTo(1);
  }

  @Test
  void refusesRowsThatAreNotThere() {
    assertThatThrownBy(() -> new Subset(WHOLE, ImmutableIntArray.of(3)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("rows must be in [0, 3), found 3");
  }
}
