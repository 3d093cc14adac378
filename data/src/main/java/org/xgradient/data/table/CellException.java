package org.xgradient.data.table;

import com.google.common.primitives.ImmutableIntArray;
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

  /** {@return the number of the row, from 1 on} */
  public long row() {
    return row;
  }

  /** The same for a table of which these are some rows. */
  CellException among(ImmutableIntArray sourceRows) {
    return new CellException(sourceRows.get((int) row - 1) + 1L, column, problem);
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
