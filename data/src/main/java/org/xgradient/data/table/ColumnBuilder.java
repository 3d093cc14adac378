package org.xgradient.data.table;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.xgradient.data.DataException;

/** Grows a column cell by cell. */
abstract sealed class ColumnBuilder {

  private static final int FIRST_CAPACITY = 256;

  final String name;
  int rows;

  private ColumnBuilder(String name) {
    this.name = name;
  }

  static ColumnBuilder of(String name, ColumnType type) {
    return type == ColumnType.NUMERIC ? new Numeric(name) : new Categorical(name);
  }

  /** Adds a missing cell. */
  abstract void addMissing();

  /**
   * Adds a cell.
   *
   * @throws DataException if the text does not fit the type; the message has no place in it
   */
  abstract void add(String text);

  abstract Column build();

  private static int grown(int capacity) {
    return Math.max(FIRST_CAPACITY, capacity + (capacity >> 1));
  }

  private static final class Numeric extends ColumnBuilder {

    private double[] values = {};

    Numeric(String name) {
      super(name);
    }

    @Override
    void addMissing() {
      append(Double.NaN);
    }

    @Override
    void add(String text) {
      Double number = Cells.number(text);
      if (number == null) {
        throw new DataException(
            "must be a number or missing, found \"%s\"; correct the cell, or read the column as"
                    .formatted(text)
                + " categorical");
      }
      if (number.isInfinite()) {
        throw new DataException(
            "must be a finite number, found \"%s\"; leave the cell empty if the number is unknown"
                .formatted(text));
      }
      append(number);
    }

    private void append(double value) {
      if (rows == values.length) {
        values = Arrays.copyOf(values, grown(values.length));
      }
      values[rows++] = value;
    }

    @Override
    Column build() {
      return NumericColumn.of(name, Arrays.copyOf(values, rows));
    }
  }

  private static final class Categorical extends ColumnBuilder {

    private final Map<String, Integer> codeOfLevel = new HashMap<>();
    private int[] codes = {};

    Categorical(String name) {
      super(name);
    }

    @Override
    void addMissing() {
      append(CategoricalColumn.MISSING);
    }

    @Override
    void add(String text) {
      append(codeOfLevel.computeIfAbsent(text, level -> codeOfLevel.size()));
    }

    private void append(int code) {
      if (rows == codes.length) {
        codes = Arrays.copyOf(codes, grown(codes.length));
      }
      codes[rows++] = code;
    }

    /** Orders the levels, so that they do not depend on the order of the rows. */
    @Override
    Column build() {
      ImmutableList<String> levels = ImmutableList.sortedCopyOf(codeOfLevel.keySet());
      int[] sortedCode = new int[levels.size()];
      for (int code = 0; code < sortedCode.length; code++) {
        sortedCode[codeOfLevel.getOrDefault(levels.get(code), 0)] = code;
      }
      int[] sorted = new int[rows];
      for (int row = 0; row < rows; row++) {
        sorted[row] =
            codes[row] == CategoricalColumn.MISSING
                ? CategoricalColumn.MISSING
                : sortedCode[codes[row]];
      }
      return CategoricalColumn.of(name, levels, sorted);
    }
  }
}
