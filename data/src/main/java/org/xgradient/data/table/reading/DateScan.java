package org.xgradient.data.table.reading;

import java.util.EnumMap;
import java.util.Map;
import org.xgradient.data.table.DateOrder;

/** Finds out by the cells of a column how its dates are written. */
final class DateScan {

  private final Map<DateOrder, OddCells.Tally> others = new EnumMap<>(DateOrder.class);
  private long cells;

  DateScan() {
    for (DateOrder order : DateOrder.values()) {
      others.put(order, new OddCells.Tally());
    }
  }

  void add(String text, long row, long line) {
    cells++;
    others.forEach(
        (order, tally) -> {
          if (order.days(text) == null) {
            tally.add(row, line, text);
          }
        });
  }

  /** The order that fits the most cells; of several the first. */
  DateOrder best() {
    DateOrder best = DateOrder.YEAR_FIRST;
    for (DateOrder order : DateOrder.values()) {
      if (fitting(order) > fitting(best)) {
        best = order;
      }
    }
    return best;
  }

  long fitting(DateOrder order) {
    return cells - odd("", order).count();
  }

  OddCells odd(String column, DateOrder order) {
    return others.getOrDefault(order, new OddCells.Tally()).of(column, cells);
  }

  /** Whether day and month may change places. */
  boolean isAmbiguous() {
    return best() == DateOrder.DAY_FIRST
        && fitting(DateOrder.DAY_FIRST) == fitting(DateOrder.MONTH_FIRST);
  }
}
