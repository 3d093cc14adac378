package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.graph.savedmodel.InputValues;

/**
 * Some examples of a data source.
 *
 * @param values the values of each input by its name
 * @param before how many examples of the source are before them
 * @param rows the number of examples
 * @param kept for each example the cells that are carried over; empty if none are
 */
record ForeignChunk(
    ImmutableMap<String, InputValues> values,
    long before,
    int rows,
    ImmutableList<ImmutableList<String>> kept) {

  /** The cells that a row begins with in the output. */
  List<Object> begin(int index) {
    List<Object> cells = new ArrayList<>();
    cells.add(before + index + 1);
    if (!kept.isEmpty()) {
      cells.addAll(kept.get(index));
    }
    return cells;
  }
}
