package org.xgradient.data.table.reading;

import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnReading;

/**
 * What was found in a column.
 *
 * @param name the name of the column
 * @param reading how it is read
 * @param dress what is left out of numbers, such as the sign of a currency, as it follows on how
 *     they are read; empty if nothing is
 * @param levels how many levels it has; 0 for numbers
 * @param missing how many of its cells are missing, odd ones included
 * @param odd the cells that count as missing, for they don't fit
 */
public record ColumnProfile(
    String name, ColumnReading reading, String dress, int levels, long missing, OddCells odd) {

  static ColumnProfile of(Column column, String dress, OddCells odd) {
    long missing = 0;
    for (int row = 0; row < column.rows(); row++) {
      missing += column.isMissing(row) ? 1 : 0;
    }
    int levels = column instanceof CategoricalColumn cells ? cells.levels().size() : 0;
    return new ColumnProfile(column.name(), column.reading(), dress, levels, missing, odd);
  }
}
