package org.xgradient.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableReader;
import org.xgradient.data.table.TableSchema;
import picocli.CommandLine.Option;

/** Options of commands that read a CSV file whose columns they must find out about. */
public final class CsvOptions {

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description = "Table with a header. Missing cells are empty, NA or NaN.")
  private @Nullable Path file;

  @Option(
      names = "--drop",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns to leave out, such as identifiers.")
  private List<String> dropped = new ArrayList<>();

  @Option(
      names = "--categorical",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns of numbers that are names of categories.")
  private List<String> categorical = new ArrayList<>();

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
    return file;
  }

  public Table read() {
    TableReader reader = TableReader.withDefaults();
    TableSchema schema =
        reader
            .inferSchema(file())
            .without(dropped.toArray(String[]::new))
            .withCategorical(categorical.toArray(String[]::new));
    return reader.read(file(), schema);
  }
}
