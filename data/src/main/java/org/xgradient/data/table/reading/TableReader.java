package org.xgradient.data.table.reading;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.text.Counts;
import org.xgradient.data.table.text.Names;

/**
 * Reads tables from CSV files, as programs and people write them, with a header line unless {@link
 * #withoutHeader} says otherwise.
 *
 * <p>What stands between cells (comma, semicolon, tab, bar, or blanks, however many) is found out,
 * a line {@code sep=;} is understood, and so are the names of rows that R writes without a header.
 * Compressed files (gzip, bzip2 and what else Commons Compress can) are read as they are; the
 * encoding is UTF-8 unless a byte-order mark or {@link #withEncoding} says otherwise.
 *
 * <p>A column is numeric if its cells are numbers or missing: with decimal points or commas, signs
 * between thousands, of currencies and of percent. A text among the numbers is missing if no more
 * than one cell in a hundred is one; if more are, or if a comma may stand for a fraction or for
 * thousands, a person must decide ({@link #withNumeric}, {@link #withDecimal} and others), and the
 * error says so. Dates are an error until {@link #withDates} makes numbers of them. Other columns
 * are categorical. {@link TableSchema} says how each column is read; it is found out once and kept
 * with a model. Infinity in a numeric column is an error. Spaces around a cell do not count; blank
 * lines are skipped, unless the table has one column, where they are missing cells. Rows are
 * numbered from 1 in messages, the header not counted.
 */
public final class TableReader {

  private static final TableReader DEFAULTS =
      new TableReader(FileForm.USUAL, ScanRules.USUAL, Leniency.STRICT);

  private final FileForm form;
  private final ScanRules rules;
  private final Leniency rowRules;

  private TableReader(FileForm form, ScanRules rules, Leniency rowRules) {
    this.form = form;
    this.rules = rules;
    this.rowRules = rowRules;
  }

  /** {@return a reader that finds out everything} */
  public static TableReader withDefaults() {
    return DEFAULTS;
  }

  /**
   * Sets what stands between cells.
   *
   * @param delimiter the character, such as {@code ;} or a tab; a space stands for blanks, however
   *     many
   * @return a copy with this delimiter
   */
  public TableReader withDelimiter(char delimiter) {
    return new TableReader(form.withDelimiter(delimiter), rules, rowRules);
  }

  /**
   * Sets the encoding of files without a byte-order mark.
   *
   * @param encoding the encoding
   * @return a copy with this encoding
   */
  public TableReader withEncoding(Charset encoding) {
    return new TableReader(form.withEncoding(encoding), rules, rowRules);
  }

  /**
   * Takes the first line of files for a row. The columns are named V1, V2 and so on, as R names
   * them.
   *
   * @return a copy that reads files without a header
   */
  public TableReader withoutHeader() {
    return new TableReader(form.withoutHeader(), rules, rowRules);
  }

  /**
   * Leaves out lines that stand above the header, or above the first row where there is none, such
   * as a title.
   *
   * @param lines how many, at least 0
   * @return a copy that leaves them out
   * @throws IllegalArgumentException if the number is negative
   */
  public TableReader withSkippedLines(int lines) {
    checkArgument(lines >= 0, "the number of lines must be at least 0, found %s", lines);
    return new TableReader(form.withSkipped(lines), rules, rowRules);
  }

  /**
   * Sets what a fraction begins with, where the schema is to be found out.
   *
   * @param decimal a point or a comma; the other one may stand between thousands
   * @return a copy with this sign
   * @throws IllegalArgumentException if it is neither
   */
  public TableReader withDecimal(char decimal) {
    checkArgument(
        decimal == '.' || decimal == ',', "the decimal sign must be . or , but is \"%s\"", decimal);
    return with(rules.withDecimal(decimal));
  }

  /**
   * Adds texts of missing cells, where the schema is to be found out.
   *
   * @param texts texts besides {@link ColumnReading#MISSING} and {@link
   *     ColumnReading#MISSING_AMONG_NUMBERS}
   * @return a copy with these texts
   */
  public TableReader withMissingTexts(Collection<String> texts) {
    return with(rules.withMissing(ImmutableSet.copyOf(texts)));
  }

  /**
   * Takes usual texts of missing cells for what they say, where the schema is to be found out.
   *
   * @param texts the texts, such as {@code NA} for Namibia
   * @return a copy in which they are not missing
   */
  public TableReader withPresentTexts(Collection<String> texts) {
    return with(rules.withPresent(ImmutableSet.copyOf(texts)));
  }

  /**
   * Reads columns as numbers, and what is none as missing, where the schema is to be found out.
   *
   * @param columns the names of the columns
   * @return a copy with this choice
   */
  public TableReader withNumeric(String... columns) {
    return with(ColumnGuess.Kind.NUMBERS, columns);
  }

  /**
   * Reads columns as categories, where the schema is to be found out.
   *
   * @param columns the names of the columns
   * @return a copy with this choice
   */
  public TableReader withCategorical(String... columns) {
    return with(ColumnGuess.Kind.LEVELS, columns);
  }

  /**
   * Reads columns as dates, of which the days since 1970-01-01 are taken, where the schema is to be
   * found out.
   *
   * @param columns the names of the columns
   * @return a copy with this choice
   */
  public TableReader withDates(String... columns) {
    return with(ColumnGuess.Kind.DATES, columns);
  }

  /**
   * Reads columns that order the rows as dates or as numbers, whichever they are, where the schema
   * is to be found out and nothing else was said of them.
   *
   * @param columns the names of the columns
   * @return a copy with this choice
   */
  public TableReader withTimes(String... columns) {
    return with(
        rules.with(rules.choices().withDefault(ColumnGuess.Kind.TIMES, Arrays.asList(columns))));
  }

  /**
   * Reads columns that say how much rows count as numbers, where the schema is to be found out and
   * nothing else was said of them.
   *
   * @param columns the names of the columns
   * @return a copy with this choice
   */
  public TableReader withWeights(String... columns) {
    return with(
        rules.with(rules.choices().withDefault(ColumnGuess.Kind.WEIGHTS, Arrays.asList(columns))));
  }

  /**
   * Reads columns that tell rows apart as categories, where the schema is to be found out and
   * nothing else was said of them.
   *
   * @param columns the names of the columns
   * @return a copy with this choice
   */
  public TableReader withNames(String... columns) {
    return with(
        rules.with(rules.choices().withDefault(ColumnGuess.Kind.LEVELS, Arrays.asList(columns))));
  }

  /**
   * Leaves columns out, where the schema is to be found out: whatever is in them is no error.
   *
   * @param columns the names of the columns
   * @return a copy with this choice
   */
  public TableReader without(String... columns) {
    return with(rules.with(rules.choices().without(Arrays.asList(columns))));
  }

  /**
   * Names the column that is to be predicted, which messages then don't advise to leave out.
   *
   * @param column its name
   * @return a copy that knows it
   */
  public TableReader withLabel(String column) {
    return with(rules.with(rules.choices().withLabel(column)));
  }

  /**
   * Sets how many cells of a numeric column may be no numbers and then are missing, where the
   * schema is to be found out.
   *
   * @param share the share of the cells that are not missing, in [0, 1]
   * @return a copy with this share
   * @throws IllegalArgumentException if it is out of its range
   */
  public TableReader withTolerance(double share) {
    checkArgument(
        share >= 0 && share <= 1, "the tolerated share must be in [0, 1], found %s", share);
    return with(rules.withTolerance(share));
  }

  /**
   * Takes texts in numeric columns as missing, where a schema is given: {@link
   * TableChunks#oddCells()} counts them.
   *
   * @return a copy to which they are no errors
   */
  public TableReader withOddCellsMissing() {
    return new TableReader(form, rules, rowRules.withOddMissing());
  }

  /**
   * Takes columns that a file lacks as columns of missing cells, where a schema is given: {@link
   * TableChunks#absent()} names them.
   *
   * @return a copy to which they are no errors
   */
  public TableReader withAbsentColumnsMissing() {
    return new TableReader(form, rules, rowRules.withAbsentMissing());
  }

  /**
   * Keeps columns as they stand in the file, such as identifiers, where a schema is given: {@link
   * TableChunks#keptCells()} has their cells.
   *
   * @param columns the names of the columns, which may be in the schema too
   * @return a copy that keeps them
   */
  public TableReader withKept(Collection<String> columns) {
    return new TableReader(form, rules, rowRules.withKept(ImmutableList.copyOf(columns)));
  }

  private TableReader with(ColumnGuess.Kind kind, String... columns) {
    return with(rules.with(rules.choices().with(kind, Arrays.asList(columns))));
  }

  private TableReader with(ScanRules changed) {
    return new TableReader(form, changed, rowRules);
  }

  /**
   * The names of all columns of a file.
   *
   * @param file the CSV file
   * @return the names; some may be empty, or alike
   * @throws DataException if the file cannot be read
   */
  public ImmutableList<String> header(Path file) {
    return withSpool(
        file,
        spool -> {
          try (CsvRows rows = rows(spool)) {
            return rows.header();
          }
        });
  }

  /**
   * Finds out how the columns of a file are read. Reads the file once and keeps none of it.
   *
   * @param file the CSV file
   * @return its columns, but for those that are left out or number the rows
   * @throws DataException if the file cannot be read, has no rows, or a person must decide about a
   *     column first
   */
  public TableSchema inferSchema(Path file) {
    return withSpool(file, spool -> scan(spool).schema());
  }

  /**
   * Reads all columns of a file, as {@link #inferSchema} finds out.
   *
   * @param file the CSV file, which is read twice, a pipe by way of a copy
   * @return the table
   * @throws DataException if the file cannot be read, has no rows, or a person must decide about a
   *     column first
   */
  public Table read(Path file) {
    return load(file).table();
  }

  /**
   * Reads all columns of a file, as {@link #inferSchema} finds out, and says what was found.
   *
   * @param file the CSV file, a pipe by way of a copy
   * @return the table, and what was found in each column
   * @throws DataException if the file cannot be read, has no rows, or a person must decide about a
   *     column first
   */
  public TableFile load(Path file) {
    return withSpool(
        file,
        spool -> {
          TableScan scan = scan(spool);
          TableFile loaded = load(spool, scan.schema(), scan.dress(), scan.ignored());
          return loaded.with(scan.notes()).with(TableNotes.of(loaded.table()));
        });
  }

  /**
   * Reads some columns of a file, and says what was found.
   *
   * @param file the CSV file, a pipe by way of a copy
   * @param schema the columns to read and how; the file may have others and another order
   * @return the table, and what was found in each column
   * @throws DataException if the file cannot be read, has no rows, lacks a column, or more cells of
   *     a column than {@link #withTolerance} says do not fit it
   */
  public TableFile load(Path file, TableSchema schema) {
    return withSpool(
        file,
        spool -> {
          TableFile loaded = load(spool, schema, ImmutableMap.of(), ImmutableList.of());
          for (ColumnProfile column : loaded.columns()) {
            requireFew(file, column);
          }
          return loaded;
        });
  }

  private void requireFew(Path file, ColumnProfile column) {
    OddCells odd = column.odd();
    if (odd.share() > rules.tolerance()) {
      throw new DataException(
          "%s, column \"%s\": %s %s not fit how the column is read (%s): %s; correct them, or read the column as categories in all files (--categorical %s, or in the file of a given --schema)%s"
              .formatted(
                  file,
                  column.name(),
                  Counts.among(odd.count(), odd.cells(), "cell"),
                  Counts.verb(odd.count(), "does", "do"),
                  column.reading(),
                  odd.places(),
                  Names.option(column.name()),
                  rules.choices().isLabel(column.name())
                      ? ""
                      : ", or leave it out (--drop %s)".formatted(Names.option(column.name()))));
    }
  }

  private TableFile load(
      Spool spool,
      TableSchema schema,
      ImmutableMap<String, String> dress,
      ImmutableList<String> ignored) {
    try (TableChunks chunks = withOddCellsMissing().open(spool, schema, Integer.MAX_VALUE)) {
      Table table = chunks.next();
      ImmutableList<OddCells> odd = chunks.oddCells();
      ImmutableList.Builder<ColumnProfile> columns = ImmutableList.builder();
      for (int i = 0; i < odd.size(); i++) {
        Column column = table.columns().get(i);
        columns.add(ColumnProfile.of(column, dress.getOrDefault(column.name(), ""), odd.get(i)));
      }
      return new TableFile(
          table, columns.build(), ignored, ImmutableList.of(), Checksums.sha256(spool.path()));
    }
  }

  /**
   * Reads some columns of a file.
   *
   * @param file the CSV file
   * @param schema the columns to read and how; the file may have others and another order
   * @return the table, its columns in the order of the schema
   * @throws DataException if the file cannot be read, has no rows, lacks a column, or has a cell
   *     that does not fit its column
   */
  public Table read(Path file, TableSchema schema) {
    try (TableChunks chunks = open(file, schema, Integer.MAX_VALUE)) {
      return chunks.next();
    }
  }

  /**
   * Reads a file in chunks, so that its size does not matter. A pipe is read as it flows.
   *
   * @param file the CSV file
   * @param schema the columns to read and how; the file may have others and another order
   * @param rowsPerChunk how many rows a chunk has, at least 1; the last one may have fewer
   * @return the chunks, at least one, to be closed by the caller
   * @throws DataException if the file cannot be read, has no rows, or lacks a column; reading on
   *     throws it at a cell that does not fit its column
   * @throws IllegalArgumentException if the number of rows is less than 1
   */
  public TableChunks open(Path file, TableSchema schema, int rowsPerChunk) {
    checkArgument(rowsPerChunk >= 1, "a chunk must have at least 1 row, found %s", rowsPerChunk);
    return open(CsvRows.open(file, file, form), file, schema, rowsPerChunk);
  }

  private TableChunks open(Spool spool, TableSchema schema, int rowsPerChunk) {
    return open(rows(spool), spool.name(), schema, rowsPerChunk);
  }

  private TableChunks open(CsvRows rows, Path file, TableSchema schema, int rowsPerChunk) {
    try {
      TableChunks chunks = new TableChunks(rows, schema, rowRules, rowsPerChunk);
      if (!chunks.hasNext()) {
        throw noRows(file);
      }
      return chunks;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private TableScan scan(Spool spool) {
    try (CsvRows rows = rows(spool)) {
      return TableScan.of(spool.name(), rows, rules);
    }
  }

  private CsvRows rows(Spool spool) {
    return CsvRows.open(spool.path(), spool.name(), form);
  }

  private static <T> T withSpool(Path file, Function<Spool, T> work) {
    try (Spool spool = Spool.of(file)) {
      return work.apply(spool);
    }
  }

  static DataException noRows(Path file) {
    return new DataException(file + " has a header but no rows; it must have at least one");
  }
}
