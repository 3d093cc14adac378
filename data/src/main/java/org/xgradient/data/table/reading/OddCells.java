package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The cells of a column that say something else than the column is about, such as a text among
 * numbers.
 *
 * @param column the name of the column
 * @param count how many there are
 * @param cells how many cells there are that are not missing, odd ones included
 * @param first the first of them
 */
public record OddCells(String column, long count, long cells, ImmutableList<CellPlace> first) {

  /** How many are remembered. */
  static final int REMEMBERED = 3;

  /** {@return the share of the cells that are odd, 0 if there is no cell} */
  public double share() {
    return cells == 0 ? 0 : count / (double) cells;
  }

  /** {@return where the first ones are, as half a sentence} */
  String places() {
    return first.stream().map(CellPlace::toString).collect(Collectors.joining(", "))
        + (count > first.size() ? " and so on" : "");
  }

  /** Counts them. */
  static final class Tally {

    private final List<CellPlace> first = new ArrayList<>();
    private long count;

    void add(long row, long line, String text) {
      if (first.size() < REMEMBERED) {
        first.add(new CellPlace(row, line, text));
      }
      count++;
    }

    long count() {
      return count;
    }

    OddCells of(String column, long cells) {
      return new OddCells(column, count, cells, ImmutableList.copyOf(first));
    }
  }
}
