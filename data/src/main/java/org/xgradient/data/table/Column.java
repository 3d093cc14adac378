package org.xgradient.data.table;

/** A column of a table: a name, and one cell for each row, some perhaps missing. */
public sealed interface Column permits NumericColumn, CategoricalColumn {

  /** {@return the name of the column} */
  String name();

  /** {@return how its cells are read, and so how those of later rows must be} */
  ColumnReading reading();

  /** {@return what the cells are} */
  default ColumnType type() {
    return reading().type();
  }

  /** {@return the number of rows} */
  int rows();

  /**
   * Tells whether a cell is missing.
   *
   * @param row the index of the row, in {@code [0, rows())}
   * @return whether it has no value there
   */
  boolean isMissing(int row);

  /**
   * Copies some rows.
   *
   * @param rows the indices of the rows
   * @return a column of these rows in the order given
   */
  Column gather(int... rows);

  /**
   * Puts the cells of another column below.
   *
   * @param other a column of the same kind
   * @return a column of both, with the name and the reading of this one
   * @throws IllegalArgumentException if the other one is of another kind
   */
  Column followedBy(Column other);
}
