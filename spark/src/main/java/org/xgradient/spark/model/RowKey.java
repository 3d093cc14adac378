package org.xgradient.spark.model;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.xgradient.report.text.SafeText;

/**
 * What tells a row from others, for messages.
 *
 * @param column the name of a column with a key; empty if there is none
 * @param position where it is in a row
 */
public record RowKey(String column, int position) implements Serializable {

  private static final long serialVersionUID = 1;

  /** The words for a row that is in no partition. */
  String of(Row row) {
    return column.isEmpty() ? "a row" : named(row);
  }

  /** The words for a row, of which at least the place in its partition is known. */
  String of(Row row, int partition, long number) {
    return column.isEmpty()
        ? "row %s of partition %s (set idCol to see its key)".formatted(number + 1, partition)
        : named(row);
  }

  private String named(Row row) {
    return "the row with %s = %s"
        .formatted(SafeText.of(column), SafeText.of(String.valueOf(row.get(position))));
  }
}
