package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.xgradient.data.DataException;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.NumericColumn;

/** Grows a column cell by cell. */
abstract sealed class ColumnBuilder {

  private static final int FIRST_CAPACITY = 256;

  final String name;
  int rows;

  private ColumnBuilder(String name) {
    this.name = name;
  }

  static ColumnBuilder of(String name, ColumnReading reading) {
    if (reading instanceof ColumnReading.Numeric numbers) {
      return new Numeric(name, numbers);
    }
    return new Categorical(name, (ColumnReading.Levels) reading);
  }

  /** How the cells are read. */
  abstract ColumnReading reading();

  /** Adds a missing cell. */
  abstract void addMissing();

  /**
   * Adds a cell.
   *
   * @return whether it was added: a text that is no number is not, where one is needed
   * @throws DataException if the number is infinite; the message has no place in it
   */
  abstract boolean add(String text);

  abstract Column build();

  private static int grown(int capacity) {
    return Math.max(FIRST_CAPACITY, capacity + (capacity >> 1));
  }

  private static final class Numeric extends ColumnBuilder {

    private final ColumnReading.Numeric reading;
    private double[] values = {};

    Numeric(String name, ColumnReading.Numeric reading) {
      super(name);
      this.reading = reading;
    }

    @Override
    ColumnReading reading() {
      return reading;
    }

    @Override
    void addMissing() {
      append(Double.NaN);
    }

    @Override
    boolean add(String text) {
      Double number = reading.number(text);
      if (number == null) {
        return false;
      }
      if (number.isInfinite()) {
        throw new DataException(
            "must be a finite number, found \"%s\"; correct the cell, or leave it empty where numbers may be missing"
                .formatted(text));
      }
      append(number);
      return true;
    }

    private void append(double value) {
      if (rows == values.length) {
        values = Arrays.copyOf(values, grown(values.length));
      }
      values[rows++] = value;
    }

    @Override
    Column build() {
      return NumericColumn.of(name, reading, Arrays.copyOf(values, rows));
    }
  }

  private static final class Categorical extends ColumnBuilder {

    private final ColumnReading.Levels reading;
    private final Map<String, Integer> codeOfLevel = new HashMap<>();
    private int[] codes = {};

    Categorical(String name, ColumnReading.Levels reading) {
      super(name);
      this.reading = reading;
    }

    @Override
    ColumnReading reading() {
      return reading;
    }

    @Override
    void addMissing() {
      append(CategoricalColumn.MISSING);
    }

    @Override
    boolean add(String text) {
      append(codeOfLevel.computeIfAbsent(reading.level(text), level -> codeOfLevel.size()));
      return true;
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
      return CategoricalColumn.of(name, reading, levels, sorted);
    }
  }
}
