package org.xgradient.data.table;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.xgradient.data.DataException;
import org.xgradient.data.Task;
import org.xgradient.data.table.text.Cells;
import org.xgradient.data.table.text.Names;

/** Finds out what labels mean. */
final class LabelFit {

  /** Of fewer rows half may well be of classes of their own. */
  private static final int MANY_ROWS = 40;

  private LabelFit() {}

  static LabelEncoding fit(Column labels, ImmutableIntArray rows, Optional<Task> forced) {
    requireComplete(labels);
    Task task = forced.orElseGet(() -> task(labels));
    if (task == Task.REGRESSION) {
      return regression(labels, rows);
    }
    ImmutableList<String> classes = classes(labels);
    if (classes.size() < 2) {
      throw oneValue(labels, Names.list(classes));
    }
    if (task == Task.MULTICLASS && forced.isEmpty()) {
      if (labels.rows() >= MANY_ROWS && 2 * classes.size() > labels.rows()) {
        throw new DataException(
            "label \"%s\" has %d different texts in %d rows, too many to be classes; choose another label, or say that they are (--task multiclass)"
                .formatted(labels.name(), classes.size(), labels.rows()));
      }
      LabelSlips.check(labels);
    }
    if (task == Task.BINARY && classes.size() != 2) {
      throw new DataException(
          "label \"%s\" must have two classes for a binary task, found %s: %s; choose multi-class"
              .formatted(labels.name(), classes.size(), Names.list(classes)));
    }
    return new LabelEncoding(
        labels.name(), labels.reading(), task, classes, LabelEncoding.UNCHANGED);
  }

  private static LabelEncoding regression(Column labels, ImmutableIntArray rows) {
    if (!(labels instanceof NumericColumn numbers)) {
      throw new DataException(
          "label \"%s\" must be numeric for a regression, found levels such as %s; choose another"
                  .formatted(labels.name(), Names.list(classes(labels).subList(0, 1)))
              + " label or a classification");
    }
    if (distinct(numbers).size() < 2) {
      throw oneValue(labels, String.valueOf(numbers.value(0)));
    }
    double[] values = rows.stream().mapToDouble(numbers::value).toArray();
    return new LabelEncoding(
        labels.name(),
        labels.reading(),
        Task.REGRESSION,
        ImmutableList.of(),
        standardizer(labels, values));
  }

  private static Standardizer standardizer(Column labels, double[] values) {
    try {
      return Standardizer.fit(values);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "the numbers of label \"%s\" are too large to be standardised (%s); divide them first"
              .formatted(labels.name(), e.getMessage()),
          e);
    }
  }

  private static Task task(Column labels) {
    if (labels instanceof NumericColumn numbers) {
      SortedSet<Double> distinct = distinct(numbers);
      if (distinct.size() > 2
          && (distinct.size() > LabelEncoding.MAXIMUM_NUMERIC_CLASSES
              || !distinct.stream().allMatch(Cells::isWhole))) {
        return Task.REGRESSION;
      }
      return distinct.size() <= 2 ? Task.BINARY : Task.MULTICLASS;
    }
    return classes(labels).size() <= 2 ? Task.BINARY : Task.MULTICLASS;
  }

  /** The distinct labels in order. */
  private static ImmutableList<String> classes(Column labels) {
    if (labels instanceof NumericColumn numbers) {
      return distinct(numbers).stream().map(Cells::plain).collect(ImmutableList.toImmutableList());
    }
    Set<String> names = new HashSet<>();
    IntStream.range(0, labels.rows()).forEach(row -> names.add(className(labels, row)));
    return ImmutableList.sortedCopyOf(names);
  }

  private static SortedSet<Double> distinct(NumericColumn numbers) {
    SortedSet<Double> distinct = new TreeSet<>();
    // Adding 0 makes -0 and 0 one number.
    IntStream.range(0, numbers.rows()).forEach(row -> distinct.add(numbers.value(row) + 0.0));
    return distinct;
  }

  /** The name of a row's class; a whole number is written without a point. */
  static String className(Column labels, int row) {
    if (labels instanceof NumericColumn numbers) {
      return Cells.plain(numbers.value(row) + 0.0);
    }
    return String.valueOf(((CategoricalColumn) labels).level(row));
  }

  /** The names in a column of classes, of which some may be missing. */
  static SortedSet<String> names(Column cells) {
    SortedSet<String> names = new TreeSet<>();
    IntStream.range(0, cells.rows())
        .filter(row -> !cells.isMissing(row))
        .forEach(row -> names.add(className(cells, row)));
    return names;
  }

  static void requireComplete(Column labels) {
    if (labels.rows() == 0) {
      throw new DataException("label \"%s\" must have at least one row".formatted(labels.name()));
    }
    int[] missing = IntStream.range(0, labels.rows()).filter(labels::isMissing).toArray();
    if (missing.length == labels.rows()) {
      throw new DataException(
          "label \"%s\" is missing in all rows, of which there %s; choose another label"
              .formatted(labels.name(), missing.length == 1 ? "is one" : "are " + missing.length));
    }
    if (missing.length > 0) {
      throw new DataException(
          "row %s (the header not counted): label \"%s\" is missing%s; fill it in, or leave such rows out (train does with --drop-unlabelled)"
              .formatted(
                  missing[0] + 1,
                  labels.name(),
                  missing.length == 1
                      ? ""
                      : " (in %d of %d rows)".formatted(missing.length, labels.rows())));
    }
  }

  private static DataException oneValue(Column labels, String value) {
    return new DataException(
        "label \"%s\" must have at least two different values, found only %s; choose another label"
                .formatted(labels.name(), value)
            + " or more rows");
  }
}
