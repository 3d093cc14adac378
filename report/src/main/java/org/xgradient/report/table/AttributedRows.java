package org.xgradient.report.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.NumericColumn;

/**
 * Rows of a table, and what each cell adds to the output for its row.
 *
 * @param output what is explained, with its unit, such as "log-odds of yes"
 * @param columns the cells, at least one column, all of as many rows
 * @param contributions what they add, of shape {@code [rows, columns]}, all finite
 * @param ends the outputs for the rows, of shape {@code [rows]}
 * @param starts the outputs at the baseline, to which a row's contributions add to its output, of
 *     shape {@code [rows]}; empty for a method whose numbers do not add up
 */
public record AttributedRows(
    String output,
    ImmutableList<Column> columns,
    FloatArray contributions,
    FloatArray ends,
    Optional<FloatArray> starts) {

  /** In the Gregorian calendar. */
  private static final double DAYS_OF_A_YEAR = 365.2425;

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if there is no column or row, or a shape is another
   */
  public AttributedRows {
    checkArgument(!columns.isEmpty(), "there must be at least one column, found none");
    int rows = columns.get(0).rows();
    checkArgument(rows > 0, "there must be at least one row, found none");
    for (Column column : columns) {
      checkArgument(
          column.rows() == rows,
          "column \"%s\" must have %s rows like the first, found %s",
          column.name(),
          rows,
          column.rows());
    }
    checkArgument(
        contributions.shape().toArray().length == 2
            && contributions.rows() == rows
            && contributions.rowSize() == columns.size(),
        "contributions must be of shape [%s, %s], found %s",
        rows,
        columns.size(),
        contributions.shape());
    checkOnePerRow("outputs", ends, rows);
    starts.ifPresent(values -> checkOnePerRow("outputs at the baseline", values, rows));
    for (float value : contributions.values()) {
      checkArgument(Float.isFinite(value), "contributions must be finite, found %s", value);
    }
  }

  private static void checkOnePerRow(String what, FloatArray values, int rows) {
    checkArgument(
        values.size() == rows, "there must be %s %s, found %s", rows, what, values.size());
  }

  /** {@return the number of rows} */
  public int rows() {
    return columns.get(0).rows();
  }

  /**
   * What a cell adds.
   *
   * @param row the index of the row
   * @param column the index of the column
   * @return its contribution, in the unit of the output
   */
  public float contribution(int row, int column) {
    return contributions.values()[row * columns.size() + column];
  }

  /**
   * A cell as people read it.
   *
   * @param row the index of the row
   * @param column the index of the column
   * @return the level, the date, the number with all its digits, or "missing"
   */
  public String cell(int row, int column) {
    return CellText.of(columns.get(column), row);
  }

  /**
   * Finds a column.
   *
   * @param name its name
   * @return its index
   * @throws IllegalArgumentException if there is none
   */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "there is no column \"%s\"; the columns are %s"
            .formatted(name, columns.stream().map(Column::name).toList()));
  }

  /**
   * Copies some rows.
   *
   * @param rows their indices
   * @return these rows in the order given
   */
  public AttributedRows gather(int... rows) {
    return new AttributedRows(
        output,
        columns.stream().map(c -> c.gather(rows)).collect(ImmutableList.toImmutableList()),
        contributions.gather(rows),
        ends.gather(rows),
        starts.map(values -> values.gather(rows)));
  }

  /**
   * Draws rows at random, in their order.
   *
   * @param most how many at most, at least 1
   * @param seed the seed of the drawing
   * @return all rows if there are no more than that, else so many
   */
  public AttributedRows sample(int most, long seed) {
    checkArgument(most >= 1, "at least one row must be drawn, found %s", most);
    if (rows() <= most) {
      return this;
    }
    int[] drawn = new DataRandom(Seeds.derive(seed, "rows of a page")).permutation(rows());
    return gather(Arrays.stream(drawn).limit(most).sorted().toArray());
  }

  /** The columns by the mean size of what they add, the largest first. */
  List<Integer> byImportance() {
    double[] sums = new double[columns.size()];
    for (int i = 0; i < contributions.size(); i++) {
      sums[i % sums.length] += Math.abs(contributions.values()[i]);
    }
    return IntStream.range(0, sums.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -sums[c]))
        .toList();
  }

  /** What a column adds to each row. */
  double[] contributionsOf(int column) {
    double[] out = new double[rows()];
    for (int row = 0; row < out.length; row++) {
      out[row] = contribution(row, column);
    }
    return out;
  }

  /** The cells as numbers, dates as years; NaN where missing, and for levels of more than two. */
  double[] ordered(int column) {
    double[] out = new double[rows()];
    for (int row = 0; row < out.length; row++) {
      if (columns.get(column) instanceof NumericColumn numbers) {
        double value = numbers.value(row);
        out[row] = isDate(column) ? 1970 + value / DAYS_OF_A_YEAR : value;
      } else {
        CategoricalColumn levels = (CategoricalColumn) columns.get(column);
        boolean two = levels.levels().size() == 2;
        out[row] = two && !levels.isMissing(row) ? levels.code(row) : Double.NaN;
      }
    }
    return out;
  }

  /** Whether the cells have an order: numbers, dates, or two levels. */
  boolean isOrdered(int column) {
    return !(columns.get(column) instanceof CategoricalColumn levels)
        || levels.levels().size() == 2;
  }

  boolean isDate(int column) {
    return columns.get(column).reading() instanceof ColumnReading.Dates;
  }

  /** The cells as shares of their order: 0 for the smallest, 1 for the largest, NaN for none. */
  ImmutableDoubleArray shares(int column) {
    return Ranks.shares(ordered(column));
  }
}
