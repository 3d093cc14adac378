package org.xgradient.data.table;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.text.Cells;

/**
 * How the cells of a column are read. It is found out once, on the training file, and kept with the
 * model, so that later files are read alike.
 */
public sealed interface ColumnReading {

  /** Texts of missing cells in every column. */
  ImmutableSet<String> MISSING =
      ImmutableSet.of(
          "", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "<NA>", "#N/A", "?", "\\N",
          "(null)");

  /**
   * Texts of missing cells in columns of numbers and of dates besides; elsewhere they are levels.
   */
  ImmutableSet<String> MISSING_AMONG_NUMBERS = ImmutableSet.of("-", ".", "None");

  /** {@return what the column is} */
  ColumnType type();

  /** {@return the texts of missing cells, as written} */
  ImmutableSet<String> missing();

  /**
   * The reading of columns about which nothing else is known.
   *
   * @param type what the column is
   * @return plain numbers, or levels exactly as written; missing are the empty cell, {@code NA} and
   *     {@code NaN}
   */
  static ColumnReading plain(ColumnType type) {
    ImmutableSet<String> missing = ImmutableSet.of("", "NA", "NaN");
    return type == ColumnType.NUMERIC
        ? new Numbers(NumberStyle.PLAIN, missing)
        : new Levels(false, missing);
  }

  /** A column of which each cell becomes a number. */
  sealed interface Numeric extends ColumnReading {

    @Override
    default ColumnType type() {
      return ColumnType.NUMERIC;
    }

    /**
     * Reads a cell.
     *
     * @param text the text of a cell that is not missing
     * @return the number, or null if it is none
     */
    @Nullable Double number(String text);

    /** {@return what a cell must be, for messages} */
    String expected();
  }

  /**
   * Numbers.
   *
   * @param style how they are written
   * @param missing the texts of missing cells
   */
  record Numbers(NumberStyle style, ImmutableSet<String> missing) implements Numeric {

    @Override
    public @Nullable Double number(String text) {
      return style.parse(text);
    }

    @Override
    public String expected() {
      return "a number";
    }

    @Override
    public String toString() {
      return style.toString();
    }
  }

  /**
   * Dates, each of which becomes the number of days since 1970-01-01.
   *
   * @param order how they are written
   * @param missing the texts of missing cells
   */
  record Dates(DateOrder order, ImmutableSet<String> missing) implements Numeric {

    @Override
    public @Nullable Double number(String text) {
      return order.days(text);
    }

    @Override
    public String expected() {
      return "a date like the others";
    }

    @Override
    public String toString() {
      return "dates, days since 1970-01-01";
    }
  }

  /**
   * Levels of a category.
   *
   * @param numerals whether they are written as numbers, so that 1 and 1.0 are one level
   * @param missing the texts of missing cells
   */
  record Levels(boolean numerals, ImmutableSet<String> missing) implements ColumnReading {

    @Override
    public ColumnType type() {
      return ColumnType.CATEGORICAL;
    }

    /**
     * The level of a cell that is not missing.
     *
     * @param text the cell
     * @return the level; 1 and 1.0 are one where the levels are numerals
     */
    public String level(String text) {
      if (!numerals) {
        return text;
      }
      Double number = Cells.number(text);
      return number == null ? text : Cells.plain(number);
    }

    @Override
    public String toString() {
      return "categories";
    }
  }

  /** The texts of missing cells of one kind of column: the usual ones, more, and some not. */
  static ImmutableSet<String> missing(
      boolean amongNumbers, Collection<String> more, Set<String> present) {
    Set<String> usual = amongNumbers ? Sets.union(MISSING, MISSING_AMONG_NUMBERS) : MISSING;
    return ImmutableSet.<String>builder()
        .addAll(Sets.difference(usual, present))
        .addAll(more)
        .build();
  }
}
