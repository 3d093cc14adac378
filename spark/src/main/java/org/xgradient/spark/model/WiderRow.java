package org.xgradient.spark.model;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A row with cells behind it, of which none is copied: rows have many, and are read once. */
final class WiderRow implements Row, Serializable {

  private static final long serialVersionUID = 1;

  private final Row row;
  private final int first;
  private final @Nullable Object[] more;

  /** Takes the array, which must not change any more. */
  WiderRow(Row row, @Nullable Object[] more) {
    this.row = row;
    this.first = row.size();
    this.more = more;
  }

  @Override
  public int length() {
    return first + more.length;
  }

  @Override
  public @Nullable Object get(int i) {
    return i < first ? row.get(i) : more[i - first];
  }

  @Override
  public Row copy() {
    return new WiderRow(row.copy(), more.clone());
  }
}
