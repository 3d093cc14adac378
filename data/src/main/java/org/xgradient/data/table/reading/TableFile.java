package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableList;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;

/**
 * A file as it was read.
 *
 * @param table its rows
 * @param columns what was found in each column of the table
 * @param ignored names of columns that were left out for they number or name the rows; an empty
 *     name is that of a column without one
 * @param sha256 the checksum of the bytes of the file
 */
public record TableFile(
    Table table,
    ImmutableList<ColumnProfile> columns,
    ImmutableList<String> ignored,
    String sha256) {

  /** {@return how the columns are read} */
  public TableSchema schema() {
    return table.schema();
  }

  /** {@return what a person should know: which cells count as missing, what was left out} */
  public ImmutableList<String> warnings() {
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    for (String name : ignored) {
      warnings.add("column \"%s\" is left out: it numbers or names the rows".formatted(name));
    }
    for (ColumnProfile column : columns) {
      if (column.odd().count() > 0) {
        warnings.add(odd(column));
      }
    }
    return warnings.build();
  }

  private static String odd(ColumnProfile column) {
    return "column \"%s\": %d of %d cells count as missing, for they are no %s: %s"
        .formatted(
            column.name(),
            column.odd().count(),
            column.odd().cells(),
            column.reading() instanceof ColumnReading.Dates ? "dates" : "numbers",
            column.odd().places());
  }
}
