package org.xgradient.attribution.heatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;

class ContactSheetTest {

  private static final int BLACK = 0;
  private static final int WHITE = 0xFFFFFF;

  private static Picture black(int height, int width) {
    return Picture.of(FloatArray.zeros(height, width, 3));
  }

  @Test
  void putsPicturesIntoTheMiddleOfEqualCells() {
    Picture sheet =
        ContactSheet.of(
                List.of(
                    List.of(black(4, 6), black(2, 2)),
                    List.of(black(1, 1), black(4, 6)),
                    List.of(black(2, 6), black(4, 2))))
            .picture();
    // Cells of 4 x 6, with 8 pixels around each.
    assertThat(sheet.height()).isEqualTo(8 + 3 * 12);
    assertThat(sheet.width()).isEqualTo(8 + 2 * 14);
    for (int row = 0; row < sheet.height(); row++) {
      for (int column = 0; column < sheet.width(); column++) {
        boolean inside =
            in(row, column, 8, 8, 4, 6)
                || in(row, column, 9, 24, 2, 2)
                || in(row, column, 21, 10, 1, 1)
                || in(row, column, 20, 22, 4, 6)
                || in(row, column, 33, 8, 2, 6)
                || in(row, column, 32, 24, 4, 2);
        assertThat(sheet.color(row, column))
            .as("row %s, column %s", row, column)
            .isEqualTo(inside ? BLACK : WHITE);
      }
    }
  }

  private static boolean in(int row, int column, int top, int left, int height, int width) {
    return row >= top && row < top + height && column >= left && column < left + width;
  }

  @Test
  void refusesWhatIsNoSheet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContactSheet.of(List.of()))
        .withMessageContaining("must have pictures, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ContactSheet.of(List.of(List.of(black(1, 1), black(1, 1)), List.of(black(1, 1)))))
        .withMessageContaining("equally long, found 2 and 1 pictures");
    List<Picture> row = List.of(black(992, 992));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContactSheet.of(Collections.nCopies(100, row)))
        .withMessageContaining("at most 100000000 pixels, found 1008 x 100008; take fewer rows");
  }
}
