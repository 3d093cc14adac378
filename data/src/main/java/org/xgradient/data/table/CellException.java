package org.xgradient.data.table;

import org.xgradient.data.DataException;

/** A cell of a table that can't be used. */
public final class CellException extends DataException {

  private static final long serialVersionUID = 1;

  private final long row;
  private final String column;
  private final String problem;

  CellException(long row, String column, String problem) {
    super("row %s (the header not counted), column \"%s\": %s".formatted(row, column, problem));
    this.row = row;
    this.column = column;
    this.problem = problem;
  }

  /**
   * The same for a table whose rows follow on others.
   *
   * @param rows how many rows are before it
   * @return the exception with the number of the row in the whole
   */
  public CellException after(long rows) {
    return new CellException(rows + row, column, problem);
  }
}
