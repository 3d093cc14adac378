package org.xgradient.data.table.reading;

/**
 * Where a cell stands in a file, and what it says.
 *
 * @param row its row, from 1 on, the header not counted
 * @param line the line of the file that the row ends in, from 1 on
 * @param text what it says
 */
public record CellPlace(long row, long line, String text) {

  private static final int SHOWN = 40;

  @Override
  public String toString() {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return "row %d (line %d) has \"%s\"".formatted(row, line, shown);
  }
}
