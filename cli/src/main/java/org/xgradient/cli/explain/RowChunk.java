package org.xgradient.cli.explain;

import java.util.ArrayList;
import java.util.List;
import org.xgradient.data.table.Table;

/**
 * Some rows of a file.
 *
 * @param table their columns, as the model reads them
 * @param before how many rows of the file are before them
 * @param kept for each row the cells that are carried over; empty if none are
 */
record RowChunk(Table table, long before, List<? extends List<String>> kept) {

  /** {@return the number of a row in the file, from 1} */
  long number(int index) {
    return before + index + 1;
  }

  /** {@return the cells of a row that are carried over} */
  List<String> keptOf(int index) {
    return kept.isEmpty() ? List.of() : kept.get(index);
  }

  /** The cells that a row begins with in the output: its number in the file, and what is kept. */
  List<Object> begin(int index) {
    List<Object> cells = new ArrayList<>();
    cells.add(number(index));
    cells.addAll(keptOf(index));
    return cells;
  }
}
