package org.xgradient.graph.savedmodel;

import org.jspecify.annotations.Nullable;

/**
 * A model fails on what it is given for a row, or can't take it; the message says what that is, and
 * what to do.
 */
public final class RowFailedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final long row;
  private final String before;
  private final String behind;

  /**
   * Creates the exception.
   *
   * @param before what the message says before it names the row
   * @param behind what it says then
   */
  RowFailedException(long row, String before, String behind, @Nullable Throwable cause) {
    super("%srow %s%s".formatted(before, row + 1, behind));
    if (cause != null) {
      initCause(cause);
    }
    this.row = row;
    this.before = before;
    this.behind = behind;
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
    return new RowFailedException(row + rows, before, behind, this);
  }
}
