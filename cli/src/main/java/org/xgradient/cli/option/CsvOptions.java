package org.xgradient.cli.option;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.reading.TableFile;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.data.text.TextReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that read a CSV file whose columns they must find out about. */
@HelpGroup("Table")
public final class CsvOptions {

  private static final int MAX_SCHEMA_BYTES = 1 << 26;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description = {
        "Table with a header, also compressed (.gz); - is the standard input. What stands between"
            + " cells, and what the columns are, is found out and shown."
      })
  private @Nullable Path file;

  @Option(
      names = "--drop",
      paramLabel = "COLUMN,...",
      description =
          "Columns to leave out, such as identifiers. A name with a comma in it needs quotation marks: '\"a, b\",c'.")
  private List<String> dropped = new ArrayList<>();

  @Option(
      names = "--categorical",
      paramLabel = "COLUMN,...",
      description = "Columns of numbers that are names of categories.")
  private List<String> categorical = new ArrayList<>();

  @Option(
      names = "--numeric",
      paramLabel = "COLUMN,...",
      description = "Columns of numbers in which all else is missing.")
  private List<String> numeric = new ArrayList<>();

  @Option(
      names = "--dates",
      paramLabel = "COLUMN,...",
      description = "Columns of dates, of which the days since 1970-01-01 are taken.")
  private List<String> dates = new ArrayList<>();

  @Option(
      names = "--missing",
      paramLabel = "TEXT,...",
      description =
          "Texts of missing cells, besides the usual ones (empty, NA, N/A, NaN, null, <NA>, #N/A, ?;"
              + " among numbers also -, . and None).")
  private List<String> missing = new ArrayList<>();

  @Option(
      names = "--present",
      paramLabel = "TEXT,...",
      description = "Texts of missing cells that are none here, such as NA for Namibia.")
  private List<String> present = new ArrayList<>();

  @Option(
      names = "--decimal",
      paramLabel = "SIGN",
      description = "What a fraction begins with, . or , (default: found from the cells).")
  private Optional<String> decimal = Optional.empty();

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "How to read which columns, as the file that train writes beside its model says; nothing"
              + " is found out then.")
  private Optional<Path> schema = Optional.empty();

  @Mixin private DialectOptions dialect;

  @SuppressWarnings("NullAway.Init")
  CsvOptions() {}

  /** {@return whether a table is given} */
  public boolean isGiven() {
    return file != null;
  }

  /**
   * {@return the table}
   *
   * @throws IllegalArgumentException if there is none
   */
  public Path file() {
    if (file == null) {
      throw new IllegalArgumentException("there must be a table; give it with --data FILE.csv");
    }
    return DialectOptions.place(file);
  }

  /** {@return a reader of texts that are written so} */
  public TextReader texts() {
    return dialect.texts();
  }

  /**
   * {@return the rows, and what was found in the columns}
   *
   * @param usual what is known of some columns if no option says otherwise
   */
  public TableFile read(UnaryOperator<TableReader> usual) {
    requireOneReading();
    TableReader reader = usual.apply(reader());
    if (schema.isEmpty()) {
      return reader.load(file());
    }
    checkArgument(
        numeric.isEmpty() && categorical.isEmpty() && dates.isEmpty() && decimal.isEmpty(),
        "--schema says how columns are read; give it without --numeric, --categorical, --dates and"
            + " --decimal, and change the file instead");
    return reader.load(file(), given(schema.get()).without(names(dropped)));
  }

  /**
   * Checks that a column that is needed is not left out.
   *
   * @param option what it is needed for
   * @throws IllegalArgumentException if it is
   */
  public void requireKept(String option, String column) {
    checkArgument(
        !ListedNames.of(dropped).contains(column),
        "%s and --drop both name the column \"%s\"; leave one out",
        option,
        column);
  }

  private static TableSchema given(Path file) {
    String json = RegularFiles.readText(file, MAX_SCHEMA_BYTES);
    try {
      return TableSchema.fromJson(json);
    } catch (DataException e) {
      throw new DataException("--schema %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** A column is one thing. */
  private void requireOneReading() {
    Map<String, String> options = new LinkedHashMap<>();
    ImmutableMap.of(
            "--numeric", numeric, "--categorical", categorical, "--dates", dates, "--drop", dropped)
        .forEach(
            (option, columns) -> {
              for (String column : names(columns)) {
                String other = options.putIfAbsent(column, option);
                checkArgument(
                    other == null || other.equals(option),
                    "%s and %s both name the column \"%s\"; leave one out",
                    other,
                    option,
                    column);
              }
            });
  }

  /**
   * Reads a file that has the columns of the table.
   *
   * @param other the file
   * @param columns how the columns of the table are read
   * @param label the one of them to predict
   * @return its rows, and what was found in the columns
   */
  public TableFile readAlike(Path other, TableSchema columns, String label) {
    return reader().withLabel(label).load(DialectOptions.place(other), columns);
  }

  private TableReader reader() {
    TableReader reader =
        dialect
            .reader()
            .withNumeric(names(numeric))
            .withCategorical(names(categorical))
            .withDates(names(dates))
            .without(names(dropped))
            .withMissingTexts(ListedNames.of(missing))
            .withPresentTexts(ListedNames.of(present));
    return decimalSign().map(reader::withDecimal).orElse(reader);
  }

  /** {@return a reader of rows whose columns are known} */
  public TableReader plainReader() {
    return dialect.reader();
  }

  /**
   * {@return what a fraction begins with, if the user says so}
   *
   * @throws IllegalArgumentException if it is more than a sign
   */
  public Optional<Character> decimalSign() {
    return decimal.map(
        sign -> {
          checkArgument(sign.length() == 1, "--decimal must be . or , but is \"%s\"", sign);
          return sign.charAt(0);
        });
  }

  private static String[] names(List<String> given) {
    return ListedNames.of(given).toArray(String[]::new);
  }
}
