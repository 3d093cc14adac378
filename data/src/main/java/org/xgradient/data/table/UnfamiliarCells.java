package org.xgradient.data.table;

/**
 * Cells of a column that a model was not trained for.
 *
 * @param column the name of the column
 * @param count how many there are
 * @param cells how many cells were looked at
 * @param message one line for the user: what they are, what they count as, what the model knows
 */
public record UnfamiliarCells(String column, long count, long cells, String message) {

  /** {@return the share of the cells that are unfamiliar} */
  public double share() {
    return cells == 0 ? 0 : count / (double) cells;
  }
}
