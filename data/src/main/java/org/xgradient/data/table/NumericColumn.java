package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Doubles;
import java.util.Arrays;

/** A column of numbers. */
public final class NumericColumn implements Column {

  private final String name;
  private final ColumnReading reading;
  private final double[] values;

  private NumericColumn(String name, ColumnReading reading, double[] values) {
    this.name = name;
    this.reading = reading;
    this.values = values;
  }

  /**
   * Wraps numbers.
   *
   * @param name the name of the column
   * @param values the numbers, NaN where missing, not copied
   * @return the column
   * @throws IllegalArgumentException if a number is infinite
   */
  public static NumericColumn of(String name, double... values) {
    return of(name, ColumnReading.plain(ColumnType.NUMERIC), values);
  }

  /**
   * Wraps numbers that were read in some way.
   *
   * @param name the name of the column
   * @param reading how its cells were read
   * @param values the numbers, NaN where missing, not copied
   * @return the column
   * @throws IllegalArgumentException if a number is infinite
   */
  public static NumericColumn of(String name, ColumnReading reading, double[] values) {
    for (int row = 0; row < values.length; row++) {
      if (Double.isInfinite(values[row])) {
        throw new IllegalArgumentException(
            "the numbers of column \"%s\" must be finite or missing, found %s at index %s"
                .formatted(name, values[row], row));
      }
    }
    return new NumericColumn(name, reading, values);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnReading reading() {
    return reading;
  }

  @Override
  public int rows() {
    return values.length;
  }

  /**
   * Reads a cell.
   *
   * @param row the index of the row, in {@code [0, rows())}
   * @return its number, NaN if missing
   */
  public double value(int row) {
    return values[row];
  }

  @Override
  public boolean isMissing(int row) {
    return Double.isNaN(values[row]);
  }

  @Override
  public NumericColumn gather(int... rows) {
    return new NumericColumn(
        name, reading, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
  }

  @Override
  public NumericColumn followedBy(Column other) {
    checkArgument(
        other instanceof NumericColumn,
        "below column \"%s\" there must be numbers, found categories",
        name);
    return new NumericColumn(name, reading, Doubles.concat(values, ((NumericColumn) other).values));
  }

  @Override
  public String toString() {
    return "NumericColumn[" + name + ", " + values.length + " rows]";
  }
}
