package org.xgradient.graph.savedmodel;

/** A model fails on what it is given for a row; the message says what that is, and what to do. */
public final class RowFailedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final long row;
  private final String given;
  private final String reason;

  RowFailedException(long row, String given, String reason, Throwable cause) {
    super("the model fails on row %s (%s): %s".formatted(row + 1, given, reason), cause);
    this.row = row;
    this.given = given;
    this.reason = reason;
  }

  /** {@return the index of the row among those that were given} */
  public long row() {
    return row;
  }

  /**
   * {@return the same failure in a longer data set, whose rows the message counts}
   *
   * @param rows the number of rows before those that were given
   */
  public RowFailedException after(long rows) {
    return new RowFailedException(row + rows, given, reason, this);
  }
}
