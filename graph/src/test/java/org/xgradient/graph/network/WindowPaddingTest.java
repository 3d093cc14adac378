package org.xgradient.graph.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;
import org.xgradient.graph.network.WindowPadding.Sides;

class WindowPaddingTest {

  private static final ImmutableIntArray IMAGE = ImmutableIntArray.of(5, 6, 2);

  /** (5 + 1 - 2) / 2 + 1 rows and (6 + 2 - 3) / 2 + 1 columns. */
  @Test
  void sidesMayDiffer() {
    Window window = new Window(2, 3, 2, new Sides(1, 0, 0, 2));
    assertThat(window.places(IMAGE)).isEqualTo(ImmutableIntArray.of(3, 3));
  }

  /** ⌈5 / 2⌉ rows and ⌈6 / 2⌉ columns, whatever the size of the window. */
  @Test
  void sameDependsOnTheStrideOnly() {
    for (int size = 1; size < 9; size++) {
      Window window = Window.of(size).withStride(2).withPadding(WindowPadding.same());
      assertThat(window.places(IMAGE)).isEqualTo(ImmutableIntArray.of(3, 3));
    }
  }

  @Test
  void saysWhatItIs() {
    assertThat(WindowPadding.of(2)).hasToString("2");
    assertThat(new Sides(1, 0, 2, 1)).hasToString("top 1, bottom 0, left 2, right 1");
    assertThat(WindowPadding.same()).hasToString("same");
  }

  @Test
  void refusesNegativeSidesAndWindowsOfPaddingOnly() {
    assertThatThrownBy(() -> new Sides(0, -1, 0, 0))
        .hasMessage("the padding must be at least 0, found top 0, bottom -1, left 0, right 0");
    Window wide = new Window(2, 4, 1, new Sides(0, 0, 0, 3));
    assertThatThrownBy(() -> Pool2d.max(wide))
        .hasMessageStartingWith("the padding of a pooling window must be at most half its size");
  }
}
