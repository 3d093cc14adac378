package org.xgradient.data.table;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.data.DataException;
import org.xgradient.data.DataRandom;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Seeds;
import org.xgradient.data.Split;

/** Which rows of a table are for training, validation and testing, by a column of the table. */
public sealed interface TableSplit {

  /** {@return the column that decides, which is no feature; empty if none does} */
  Optional<String> column();

  /**
   * Splits rows.
   *
   * @param table the table
   * @param classes the class index of each row; all 0 for a regression
   * @return the split
   * @throws DataException if there are too few rows, or a cell cannot be used
   */
  Split split(Table table, int[] classes);

  /**
   * Rows at random; each class has nearly the same share in each part.
   *
   * @param random the fractions and the seed
   */
  record AtRandom(RandomSplit random) implements TableSplit {
    @Override
    public Optional<String> column() {
      return Optional.empty();
    }

    @Override
    public Split split(Table table, int[] classes) {
      return random.split(classes);
    }
  }

  /**
   * Each row says its part: {@code train}, {@code validation} or {@code test}, or the like.
   *
   * @param name the name of the column
   */
  record ByPart(String name) implements TableSplit {

    private static final ImmutableMap<String, Integer> PARTS =
        ImmutableMap.<String, Integer>builder()
            .put("train", 0)
            .put("training", 0)
            .put("validation", 1)
            .put("valid", 1)
            .put("val", 1)
            .put("dev", 1)
            .put("test", 2)
            .put("testing", 2)
            .buildOrThrow();

    @Override
    public Optional<String> column() {
      return Optional.of(name);
    }

    @Override
    public Split split(Table table, int[] classes) {
      Column cells = table.column(name);
      int[] parts = new int[table.rows()];
      for (int row = 0; row < parts.length; row++) {
        String text = cells.isMissing(row) ? "" : LabelFit.className(cells, row);
        Integer part = PARTS.get(Ascii.toLowerCase(text));
        if (part == null) {
          throw new CellException(
              row + 1,
              name,
              "must be train, validation or test, found \"%s\"; correct the cell, or split at random"
                  .formatted(text));
        }
        parts[row] = part;
      }
      return SplitParts.of(parts);
    }
  }

  /**
   * Some rows have a part by where they come from, such as a file of their own; the others are
   * split at random.
   *
   * @param name the name of the column that says {@link #VALIDATION} or {@link #TEST} of the
   *     former, and has no cell for the others
   * @param random the fractions and the seed for the others
   */
  record ByOrigin(String name, RandomSplit random) implements TableSplit {

    /** What the column says of rows for validation. */
    public static final String VALIDATION = "validation";

    /** What the column says of rows for testing. */
    public static final String TEST = "test";

    @Override
    public Optional<String> column() {
      return Optional.of(name);
    }

    @Override
    public Split split(Table table, int[] classes) {
      Column origins = table.column(name);
      int[] others = IntStream.range(0, table.rows()).filter(origins::isMissing).toArray();
      Split split = random.split(Arrays.stream(others).map(row -> classes[row]).toArray());
      int[] parts = new int[table.rows()];
      split.validation().forEach(i -> parts[others[i]] = 1);
      split.test().forEach(i -> parts[others[i]] = 2);
      for (int row = 0; row < parts.length; row++) {
        if (!origins.isMissing(row)) {
          parts[row] = LabelFit.className(origins, row).equals(VALIDATION) ? 1 : 2;
        }
      }
      return SplitParts.of(parts);
    }
  }

  /**
   * Rows at random, but those of a group, such as a person, are in one part together.
   *
   * @param name the name of the column that tells groups apart
   * @param validation the fraction of validation rows
   * @param test the fraction of test rows
   * @param seed the seed of the order of the groups
   */
  record ByGroup(String name, double validation, double test, long seed) implements TableSplit {

    /**
     * Checks the fractions.
     *
     * @throws IllegalArgumentException if they are out of range
     */
    public ByGroup {
      SplitParts.check(validation, test);
    }

    @Override
    public Optional<String> column() {
      return Optional.of(name);
    }

    @Override
    public Split split(Table table, int[] classes) {
      Map<String, List<Integer>> rowsOfGroup = new LinkedHashMap<>();
      Column cells = table.column(name);
      for (int row = 0; row < table.rows(); row++) {
        if (cells.isMissing(row)) {
          throw SplitParts.missing(row, name);
        }
        rowsOfGroup
            .computeIfAbsent(LabelFit.className(cells, row), group -> new ArrayList<>())
            .add(row);
      }
      List<List<Integer>> groups = new ArrayList<>(rowsOfGroup.values());
      int needed = 1 + (validation > 0 ? 1 : 0) + (test > 0 ? 1 : 0);
      if (groups.size() < needed) {
        throw new DataException(
            "column \"%s\" must have %d groups at least, one for each part of the rows, found %d; take another column"
                .formatted(name, needed, groups.size()));
      }
      int[] parts = new int[table.rows()];
      double[] left = {Double.MAX_VALUE, validation * table.rows(), test * table.rows()};
      for (int index : new DataRandom(Seeds.derive(seed, "split")).permutation(groups.size())) {
        List<Integer> group = groups.get(index);
        // As near to the fractions as whole groups come.
        int part = 2 * left[2] >= group.size() ? 2 : 2 * left[1] >= group.size() ? 1 : 0;
        left[part] -= group.size();
        group.forEach(row -> parts[row] = part);
      }
      return SplitParts.of(parts);
    }
  }

  /**
   * The last rows by time are for testing, those before them for validation.
   *
   * @param name the name of the column of numbers or dates
   * @param validation the fraction of validation rows
   * @param test the fraction of test rows
   */
  record ByTime(String name, double validation, double test) implements TableSplit {

    /**
     * Checks the fractions.
     *
     * @throws IllegalArgumentException if they are out of range
     */
    public ByTime {
      SplitParts.check(validation, test);
    }

    @Override
    public Optional<String> column() {
      return Optional.of(name);
    }

    @Override
    public Split split(Table table, int[] classes) {
      NumericColumn times = times(table);
      List<Integer> order =
          IntStream.range(0, table.rows())
              .peek(
                  row -> {
                    if (times.isMissing(row)) {
                      throw SplitParts.missing(row, name);
                    }
                  })
              .boxed()
              .sorted(Comparator.comparing(times::value))
              .toList();
      if (times.value(order.get(0)) == times.value(order.get(order.size() - 1))) {
        throw new DataException(
            "column \"%s\" must have different times to order the rows, found the same in all %d; name another column (--time COLUMN)"
                .formatted(name, order.size()));
      }
      int[] parts = new int[table.rows()];
      for (int i = 0; i < parts.length; i++) {
        double after = (parts.length - i) / (double) parts.length;
        parts[order.get(i)] = after <= test ? 2 : after <= test + validation ? 1 : 0;
      }
      return SplitParts.of(parts);
    }

    private NumericColumn times(Table table) {
      if (table.column(name) instanceof NumericColumn times) {
        return times;
      }
      throw new DataException(
          "column \"%s\" must have dates or numbers to order the rows, found categories; name another column (--time COLUMN)"
              .formatted(name));
    }
  }
}
