package org.xgradient.report.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.NumericColumn;

/** Cells as people read them. */
final class CellText {

  private static final String MISSING = "missing";
  private static final double MOST_DAYS = 3e6;

  private CellText() {}

  static String of(Column column, int row) {
    if (column.isMissing(row)) {
      return MISSING;
    }
    if (column instanceof CategoricalColumn levels) {
      return levels.levels().get(levels.code(row));
    }
    double value = ((NumericColumn) column).value(row);
    return column.reading() instanceof ColumnReading.Dates && Math.abs(value) < MOST_DAYS
        ? LocalDate.ofEpochDay((long) Math.floor(value)).toString()
        : number(value);
  }

  /** All digits that it has. */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 1e21 || size < 1e-6) {
      return Double.toString(value);
    }
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
