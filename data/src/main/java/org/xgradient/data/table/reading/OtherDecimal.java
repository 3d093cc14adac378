package org.xgradient.data.table.reading;

import java.util.Optional;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.NumberStyle;

/** Cells that would be numbers if fractions began with the other sign. */
final class OtherDecimal {

  private OtherDecimal() {}

  /**
   * {@return what to do, if that is it}
   *
   * @param reading how the column is read, which the cell does not fit
   */
  static Optional<String> of(ColumnReading reading, String text) {
    if (!(reading instanceof ColumnReading.Numbers numbers)) {
      return Optional.empty();
    }
    NumberStyle style = numbers.style();
    char other = style.decimal() == '.' ? ',' : '.';
    if (new NumberStyle(other, true, style.percent()).parse(text) == null) {
      return Optional.empty();
    }
    boolean maybeGrouped =
        new NumberStyle(style.decimal(), true, style.percent()).parse(text) != null;
    return Optional.of(
        maybeGrouped
            ? "write it without a sign between thousands, or, if all fractions begin with that sign, say so (--decimal %s)"
                .formatted(other)
            : "say that fractions begin with that sign (--decimal %s)".formatted(other));
  }
}
