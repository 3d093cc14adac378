package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.ListedNames;
import org.xgradient.data.table.reading.TableReader;
import picocli.CommandLine.Option;

/** Which columns of a table a SavedModel of others is given, and in which order. */
@HelpGroup("SavedModels of others")
public final class TableReading {

  @Option(
      names = "--columns",
      paramLabel = "COLUMN,...",
      description =
          "Columns of the table that the model takes, in the order of its inputs (default: those"
              + " with the names of the inputs, or all but kept ones and the label if they are as"
              + " many as the only input has).")
  private List<String> columns = new ArrayList<>();

  private Optional<Character> decimal = Optional.empty();
  private TableReader reader = TableReader.withDefaults();

  public TableReading() {}

  /** Takes over how the rows are written from options that other tables have too. */
  public TableReading as(TableReader reader, Optional<Character> decimal) {
    this.reader = reader;
    this.decimal = decimal;
    return this;
  }

  TableReader reader() {
    return reader;
  }

  char decimal() {
    return decimal.orElse('.');
  }

  /** {@return the columns that are named} */
  ImmutableList<String> columns() {
    return ListedNames.of(columns);
  }

  /**
   * Refuses these options where a model says itself what it takes.
   *
   * @throws IllegalArgumentException if one is given
   */
  public void requireNone() {
    if (!columns.isEmpty()) {
      throw new IllegalArgumentException(
          "--columns is for SavedModels of others; a model of xgradient's knows its columns");
    }
  }
}
