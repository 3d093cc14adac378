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

  /** The cells that a row begins with in the output: its number in the file, and what is kept. */
  List<Object> begin(int index) {
    List<Object> cells = new ArrayList<>();
    cells.add(before + index + 1);
    if (!kept.isEmpty()) {
      cells.addAll(kept.get(index));
    }
    return cells;
  }
}
