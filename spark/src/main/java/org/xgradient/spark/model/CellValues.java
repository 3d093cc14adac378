package org.xgradient.spark.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.text.Cells;

/**
 * What the cells of a row are to a model of tables, which reads them as it reads the cells of a
 * file: null is a missing cell, and so are the texts of missing cells; spaces around a text are
 * none of it.
 */
public final class CellValues {

  private CellValues() {}

  /**
   * A cell as a number.
   *
   * @param encoding the model's column
   * @param cell the cell: a number, a date, a text or null
   * @return the number, of a date its days since 1970-01-01; NaN if it is missing
   * @throws InvalidCellException if it is a text that is no number, or no date where dates are
   */
  public static double number(ColumnEncoding.Numeric encoding, @Nullable Object cell)
      throws InvalidCellException {
    if (cell == null) {
      return Double.NaN;
    }
    if (cell instanceof Number number) {
      return number.doubleValue();
    }
    if (cell instanceof java.sql.Date date) {
      return date.toLocalDate().toEpochDay();
    }
    if (cell instanceof LocalDate date) {
      return date.toEpochDay();
    }
    var reading = (ColumnReading.Numeric) encoding.reading();
    String text = Cells.trimmed(cell.toString());
    if (reading.missing().contains(text)) {
      return Double.NaN;
    }
    Double number = reading.number(text);
    if (number == null) {
      throw new InvalidCellException(encoding.column(), reading.expected(), cell);
    }
    return number;
  }

  /**
   * A cell as a level.
   *
   * @param encoding the model's column
   * @param cell the cell, whose text counts, or null
   * @return the level, which the model may not know; null if it is missing
   */
  public static @Nullable String level(ColumnEncoding.Categorical encoding, @Nullable Object cell) {
    if (cell == null) {
      return null;
    }
    var reading = (ColumnReading.Levels) encoding.reading();
    String text = cell.toString();
    // A table that was not read from a file may have levels with spaces around them.
    return encoding.oneHot().levels().contains(text) ? text : level(reading, Cells.trimmed(text));
  }

  private static @Nullable String level(ColumnReading.Levels reading, String text) {
    return reading.missing().contains(text) ? null : reading.level(text);
  }
}
