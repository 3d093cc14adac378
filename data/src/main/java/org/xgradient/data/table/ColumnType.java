package org.xgradient.data.table;

/** What the cells of a column are. */
public enum ColumnType {
  /** Numbers, or missing. */
  NUMERIC,
  /** One of a set of levels, or missing. */
  CATEGORICAL
}
