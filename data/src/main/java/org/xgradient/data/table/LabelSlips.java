package org.xgradient.data.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xgradient.data.DataException;
import org.xgradient.data.NearestName;

/** Finds classes that are slips of others: {@code aproved}, or a third one that is hardly there. */
final class LabelSlips {

  /** A class is rare beside another that is this many times as frequent. */
  private static final int MORE_FREQUENT = 10;

  /** A third class is hardly there if less than one row in so many is of it. */
  private static final int ROWS_OF_A_THIRD = 200;

  private LabelSlips() {}

  /**
   * Checks the labels of a classification that nobody has called one.
   *
   * @throws DataException if a class may be a slip
   */
  static void check(Column labels) {
    Multiset<String> counts = LinkedHashMultiset.create();
    for (int row = 0; row < labels.rows(); row++) {
      counts.add(LabelFit.className(labels, row));
    }
    ImmutableList<Multiset.Entry<String>> classes =
        Multisets.copyHighestCountFirst(counts).entrySet().asList();
    for (Multiset.Entry<String> rare : classes) {
      List<String> frequent =
          classes.stream()
              .filter(other -> other.getCount() >= MORE_FREQUENT * rare.getCount())
              .map(Multiset.Entry::getElement)
              .toList();
      boolean third =
          classes.size() == 3
              && frequent.size() == 2
              && rare.getCount() <= Math.max(1, labels.rows() / ROWS_OF_A_THIRD);
      Optional<String> meant =
          labels instanceof CategoricalColumn
              ? NearestName.closeTo(rare.getElement(), frequent)
              : Optional.empty();
      if (third || meant.isPresent()) {
        throw slip(labels, classes, rare, meant);
      }
    }
  }

  private static DataException slip(
      Column labels,
      List<Multiset.Entry<String>> classes,
      Multiset.Entry<String> rare,
      Optional<String> meant) {
    String shown =
        classes.stream()
            .sorted(Comparator.comparing(c -> !c.equals(rare)))
            .limit(12)
            .sorted(Comparator.comparing(c -> -c.getCount()))
            .map(c -> "\"%s\" (%d)".formatted(c.getElement(), c.getCount()))
            .collect(Collectors.joining(", "));
    return new DataException(
        "label \"%s\" has %d classes: %s; if \"%s\"%s is a slip, correct row %d, otherwise say that there are so many classes (--task multiclass)"
            .formatted(
                labels.name(),
                classes.size(),
                shown,
                rare.getElement(),
                meant.map(" for \"%s\""::formatted).orElse(""),
                firstRow(labels, rare.getElement())));
  }

  private static int firstRow(Column labels, String name) {
    int row = 0;
    while (!LabelFit.className(labels, row).equals(name)) {
      row++;
    }
    return row + 1;
  }
}
