package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.commons.csv.CSVRecord;
import org.xgradient.data.DataException;

/**
 * Reads tables from CSV files with a header line, in UTF-8.
 *
 * <p>A column is numeric if each of its cells is a number or missing, and categorical otherwise;
 * {@link TableSchema} overrides that. Numbers are decimal, such as {@code -1.5e3}. Infinity in a
 * numeric column is an error. Spaces around a cell do not count; blank lines are skipped, unless
 * the table has one column, where they are missing cells. Rows are numbered from 1 in messages, the
 * header not counted.
 */
public final class TableReader {

  private static final TableReader DEFAULTS =
      new TableReader(',', ImmutableSet.of("", "NA", "NaN"));

  private final char delimiter;
  private final ImmutableSet<String> missingTokens;

  private TableReader(char delimiter, ImmutableSet<String> missingTokens) {
    this.delimiter = delimiter;
    this.missingTokens = missingTokens;
  }

  /** {@return commas between cells; the empty cell, {@code NA} and {@code NaN} are missing} */
  public static TableReader withDefaults() {
    return DEFAULTS;
  }

  /**
   * Sets what stands between cells.
   *
   * @param delimiter the character, such as {@code ;} or a tab
   * @return a copy with this delimiter
   */
  public TableReader withDelimiter(char delimiter) {
    return new TableReader(delimiter, missingTokens);
  }

  /**
   * Sets which cells are missing.
   *
   * @param missingTokens the texts of missing cells, as written
   * @return a copy with these tokens
   */
  public TableReader withMissingTokens(Collection<String> missingTokens) {
    return new TableReader(delimiter, ImmutableSet.copyOf(missingTokens));
  }

  /**
   * Finds out the columns of a file and their types. Reads the file once and keeps none of it.
   *
   * @param file the CSV file
   * @return all of its columns
   * @throws DataException if the file cannot be read, or has no rows
   */
  public TableSchema inferSchema(Path file) {
    try (CsvRows rows = CsvRows.open(file, delimiter)) {
      boolean[] categorical = new boolean[rows.header().size()];
      for (CSVRecord cells = rows.next(); cells != null; cells = rows.next()) {
        for (int i = 0; i < categorical.length; i++) {
          categorical[i] |= isText(cells.get(i));
        }
      }
      requireRows(file, rows.row());
      ImmutableMap.Builder<String, ColumnType> columns = ImmutableMap.builder();
      for (int i = 0; i < categorical.length; i++) {
        columns.put(
            rows.header().get(i), categorical[i] ? ColumnType.CATEGORICAL : ColumnType.NUMERIC);
      }
      return new TableSchema(columns.buildOrThrow());
    }
  }

  /**
   * Reads all columns of a file, by the types that {@link #inferSchema} finds.
   *
   * @param file the CSV file, which is read twice
   * @return the table
   * @throws DataException if the file cannot be read, or has no rows
   */
  public Table read(Path file) {
    return read(file, inferSchema(file));
  }

  /**
   * Reads some columns of a file.
   *
   * @param file the CSV file
   * @param schema the columns to read and their types; the file may have others and another order
   * @return the table, its columns in the order of the schema
   * @throws DataException if the file cannot be read, has no rows, lacks a column, or has a cell
   *     that does not fit its column's type
   */
  public Table read(Path file, TableSchema schema) {
    try (TableChunks chunks = open(file, schema, Integer.MAX_VALUE)) {
      return chunks.next();
    }
  }

  /**
   * Reads a file in chunks, so that its size does not matter.
   *
   * @param file the CSV file
   * @param schema the columns to read and their types; the file may have others and another order
   * @param rowsPerChunk how many rows a chunk has, at least 1; the last one may have fewer
   * @return the chunks, at least one, to be closed by the caller
   * @throws DataException if the file cannot be read, has no rows, or lacks a column; reading on
   *     throws it at a cell that does not fit its column's type
   * @throws IllegalArgumentException if the number of rows is less than 1
   */
  public TableChunks open(Path file, TableSchema schema, int rowsPerChunk) {
    checkArgument(rowsPerChunk >= 1, "a chunk must have at least 1 row, found %s", rowsPerChunk);
    CsvRows rows = CsvRows.open(file, delimiter);
    try {
      TableChunks chunks = new TableChunks(rows, schema, missingTokens, rowsPerChunk);
      if (!chunks.hasNext()) {
        requireRows(file, 0);
      }
      return chunks;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private boolean isText(String cell) {
    return !missingTokens.contains(cell) && Cells.number(cell) == null;
  }

  private static void requireRows(Path file, long rows) {
    if (rows == 0) {
      throw new DataException(file + " has a header but no rows; it must have at least one");
    }
  }
}
