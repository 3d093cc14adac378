package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.text.Cells;
import org.xgradient.data.table.text.Counts;

/**
 * A file as it was read.
 *
 * @param table its rows
 * @param columns what was found in each column of the table
 * @param ignored names of columns that were left out: those that number or name the rows, as the
 *     index of pandas, and those without a name, whose empty names are here
 * @param notes what may be meant otherwise than it was read
 * @param sha256 the checksum of the bytes of the file
 */
public record TableFile(
    Table table,
    ImmutableList<ColumnProfile> columns,
    ImmutableList<String> ignored,
    ImmutableList<String> notes,
    String sha256) {

  /** The same with more notes. */
  TableFile with(ImmutableList<String> more) {
    return new TableFile(
        table,
        columns,
        ignored,
        ImmutableList.<String>builder().addAll(notes).addAll(more).build(),
        sha256);
  }

  /** {@return how the columns are read} */
  public TableSchema schema() {
    return table.schema();
  }

  /** {@return what a person should know: which cells count as missing, what was left out} */
  public ImmutableList<String> warnings() {
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    for (String name : ignored) {
      if (!name.isEmpty()) {
        warnings.add(
            "column \"%s\" is left out: it has no name of its own, as one that numbers the rows; if it says something, rename it"
                .formatted(name));
      }
    }
    warnOfNumbers(warnings);
    long nameless = ignored.stream().filter(String::isEmpty).count();
    if (nameless > 0) {
      warnings.add(
          nameless == 1
              ? "a column without a name is left out, as one that numbers or names the rows is; if it says something, name it in the header"
              : "%d columns without a name are left out; if they say something, name them in the header"
                  .formatted(nameless));
    }
    for (ColumnProfile column : columns) {
      if (column.odd().count() > 0) {
        warnings.add(odd(column));
      }
    }
    return warnings.addAll(notes).build();
  }

  private static String odd(ColumnProfile column) {
    long count = column.odd().count();
    String wanted = column.reading() instanceof ColumnReading.Dates ? "date" : "number";
    return "column \"%s\": %s %s: %s"
        .formatted(
            column.name(),
            Counts.among(count, column.odd().cells(), "cell"),
            Counts.verb(
                count,
                "counts as missing, for it is no " + wanted,
                "count as missing, for they are no %ss".formatted(wanted)),
            column.odd().places());
  }

  /** Names that are numbers are cells of a file without a header, or say what was measured. */
  private void warnOfNumbers(ImmutableList.Builder<String> warnings) {
    ImmutableList<String> numeric =
        schema().readings().entrySet().stream()
            .filter(column -> column.getValue() instanceof ColumnReading.Numbers)
            .map(Map.Entry::getKey)
            .collect(ImmutableList.toImmutableList());
    ImmutableList<String> numbers =
        numeric.stream()
            .filter(name -> Cells.number(name) != null)
            .collect(ImmutableList.toImmutableList());
    if (numbers.size() >= 2 && 2 * numbers.size() >= numeric.size()) {
      warnings.add(
          "the first line names columns by numbers, \"%s\" and \"%s\" among them: if it is a row, read the file without a header (--no-header)"
              .formatted(numbers.get(0), numbers.get(1)));
    }
  }
}
