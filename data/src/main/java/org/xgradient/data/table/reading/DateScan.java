package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.DateOrder;
import org.xgradient.data.table.text.Counts;

/** Finds out by the cells of a column how its dates are written. */
final class DateScan {

  private static final double NEARLY_ALL = 0.9;

  /** The cells by all the orders that they fit: 05/01/2020 may begin with the day or the month. */
  private final Map<Set<DateOrder>, OddCells.Tally> forms = new HashMap<>();

  private long cells;

  void add(String text, long row, long line) {
    cells++;
    forms
        .computeIfAbsent(DateOrder.fitting(text), orders -> new OddCells.Tally())
        .add(row, line, text);
  }

  /** The order that fits the most cells; of several the first. */
  DateOrder best() {
    return best(ImmutableSet.of());
  }

  /** The order that fits the most of the cells that others don't fit; of several the first. */
  private DateOrder best(Set<DateOrder> others) {
    return Arrays.stream(DateOrder.values())
        .max(
            Comparator.<DateOrder>comparingLong(order -> fitting(order, others).count())
                .thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
  }

  long fitting(DateOrder order) {
    return fitting(order, ImmutableSet.of()).count();
  }

  private OddCells fitting(DateOrder order, Set<DateOrder> others) {
    return cells(fits -> fits.contains(order) && fits.stream().noneMatch(others::contains));
  }

  /**
   * Whether more than half of the cells are dates, in whatever order. Those of digits only may be
   * numbers, unless nearly all are dates.
   */
  boolean isMostlyDates() {
    return cells > 0
        && 2 * cells(fits -> !fits.isEmpty()).count() > cells
        && (best() != DateOrder.DIGITS || fitting(DateOrder.DIGITS) >= NEARLY_ALL * cells);
  }

  /** The cells that are no dates in an order. */
  OddCells odd(String column, DateOrder order) {
    OddCells odd = cells(fits -> !fits.contains(order));
    return new OddCells(column, odd.count(), cells, odd.first());
  }

  private OddCells cells(Predicate<Set<DateOrder>> chosen) {
    Map<Set<DateOrder>, OddCells.Tally> those = new HashMap<>(forms);
    those.keySet().removeIf(chosen.negate());
    return new OddCells(
        "",
        those.values().stream().mapToLong(OddCells.Tally::count).sum(),
        cells,
        those.values().stream()
            .flatMap(tally -> tally.of("", cells).first().stream())
            .sorted(Comparator.comparingLong(CellPlace::row))
            .limit(OddCells.REMEMBERED)
            .collect(ImmutableList.toImmutableList()));
  }

  /** Whether day and month may change places. */
  boolean isAmbiguous() {
    return best() == DateOrder.DAY_FIRST
        && fitting(DateOrder.DAY_FIRST) == fitting(DateOrder.MONTH_FIRST);
  }

  /**
   * Why no order fits: the dates have several; null if all but one of them are rare.
   *
   * @param tolerance the share of the cells that may be rare
   */
  @Nullable String mixture(double tolerance) {
    Map<DateOrder, OddCells> written = new EnumMap<>(DateOrder.class);
    List<String> words = new ArrayList<>();
    for (DateOrder order = best(); ; order = best(written.keySet())) {
      OddCells those = fitting(order, written.keySet());
      if (those.share() <= (written.isEmpty() ? 0 : tolerance)) {
        break;
      }
      written.put(order, those);
      words.add(
          "%s (%s: %s)"
              .formatted(words(order), Counts.of(those.count(), "cell"), those.first().get(0)));
    }
    return words.size() < 2
        ? null
        : "its dates are written in %s forms, %s"
            .formatted(words.size() == 2 ? "two" : "several", String.join(" and ", words));
  }

  /** How dates are written, as in "written with the year first". */
  static String words(DateOrder order) {
    return order == DateOrder.DIGITS
        ? "in digits only"
        : "with the " + order.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
