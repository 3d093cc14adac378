package org.xgradient.data.table;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xgradient.data.DataException;
import org.xgradient.data.NearestName;

/** Finds classes that are slips of others: {@code aproved}, or a third one that is hardly there. */
final class LabelSlips {

  /** A class is rare beside another that is this many times as frequent. */
  private static final int MORE_FREQUENT = 10;

  /** And so many times beside one of nearly the same name that has no number in it. */
  private static final int MORE_FREQUENT_THAN_A_WORD = 4;

  /** A third class is hardly there if less than one row in so many is of it. */
  private static final int ROWS_OF_A_THIRD = 200;

  private LabelSlips() {}

  /**
   * Checks the labels of a classification that nobody has called one.
   *
   * @throws DataException if a class may be a slip
   */
  static void check(Column labels) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int row = 0; row < labels.rows(); row++) {
      counts.merge(LabelFit.className(labels, row), 1, Integer::sum);
    }
    List<Map.Entry<String, Integer>> classes = List.copyOf(counts.entrySet());
    for (Map.Entry<String, Integer> rare : classes) {
      List<String> frequent =
          classes.stream()
              .filter(other -> other.getValue() >= MORE_FREQUENT * rare.getValue())
              .map(Map.Entry::getKey)
              .toList();
      boolean third =
          classes.size() == 3
              && frequent.size() == 2
              && rare.getValue() <= Math.max(1, labels.rows() / ROWS_OF_A_THIRD);
      Optional<String> meant =
          labels instanceof CategoricalColumn ? meant(rare, classes, frequent) : Optional.empty();
      if (third || meant.isPresent()) {
        throw slip(labels, classes, rare, meant);
      }
    }
  }

  /** Which class one may be a slip for: one of the same letters, or of nearly the same. */
  private static Optional<String> meant(
      Map.Entry<String, Integer> rare,
      List<Map.Entry<String, Integer>> classes,
      List<String> frequent) {
    Optional<String> sameLetters =
        classes.stream()
            .filter(other -> !other.equals(rare) && other.getValue() >= rare.getValue())
            .map(Map.Entry::getKey)
            .filter(name -> name.strip().equalsIgnoreCase(rare.getKey().strip()))
            .findFirst();
    if (sameLetters.isPresent()) {
      return sameLetters;
    }
    if (classes.size() == 2) {
      // male and female: one of them is all that would be left.
      return Optional.empty();
    }
    if (rare.getKey().chars().anyMatch(Character::isDigit)) {
      return NearestName.closeTo(rare.getKey(), frequent);
    }
    return NearestName.closeTo(
        rare.getKey(),
        classes.stream()
            .filter(other -> other.getValue() >= MORE_FREQUENT_THAN_A_WORD * rare.getValue())
            .map(Map.Entry::getKey)
            .toList());
  }

  private static DataException slip(
      Column labels,
      List<Map.Entry<String, Integer>> classes,
      Map.Entry<String, Integer> rare,
      Optional<String> meant) {
    String shown =
        classes.stream()
            .sorted(Comparator.comparing(c -> !c.equals(rare)))
            .limit(12)
            .sorted(Comparator.comparing(c -> -c.getValue()))
            .map(c -> "\"%s\" (%d)".formatted(c.getKey(), c.getValue()))
            .collect(Collectors.joining(", "));
    return new DataException(
        "label \"%s\" has %d classes: %s; if \"%s\"%s is a slip, correct %s (the header not counted), otherwise say that there are so many classes (--task multiclass)"
            .formatted(
                labels.name(),
                classes.size(),
                shown,
                rare.getKey(),
                meant.map(" for \"%s\""::formatted).orElse(""),
                (rare.getValue() == 1
                        ? "row "
                        : "its %d rows, of which the first is row ".formatted(rare.getValue()))
                    + firstRow(labels, rare.getKey())));
  }

  private static int firstRow(Column labels, String name) {
    int row = 0;
    while (!LabelFit.className(labels, row).equals(name)) {
      row++;
    }
    return row + 1;
  }
}
