package org.xgradient.data.table.reading;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.xgradient.data.DataException;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.text.Cells;
import org.xgradient.data.table.text.Names;

/**
 * Finds out how the columns of a file are best read.
 *
 * @param schema how each is read
 * @param dress what is left out of the cells of columns of numbers, by their names
 * @param ignored the names of those that number or name the rows
 * @param notes what may be meant otherwise
 */
record TableScan(
    TableSchema schema,
    ImmutableMap<String, String> dress,
    ImmutableList<String> ignored,
    ImmutableList<String> notes) {

  /** What pandas, and readr of R, call columns without a name, as those of their indices are. */
  private static final Pattern UNNAMED = Pattern.compile("Unnamed: \\d+(\\.\\d+)*|\\.\\.\\.\\d+");

  /**
   * Reads all rows.
   *
   * @param file what messages call the file
   * @throws DataException if a person must decide about a column first
   */
  static TableScan of(Path file, CsvRows rows, ScanRules rules) {
    ImmutableList<String> header = rows.header();
    rules.choices().requireKnown(header);
    List<ColumnScan> scans = header.stream().map(rules::scan).toList();
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    long totals = 0;
    boolean isTotal = false;
    for (List<String> cells = rows.next(); cells != null; cells = rows.next()) {
      isTotal = TableNotes.isTotal(cells);
      totals += isTotal ? 1 : 0;
      for (int i = 0; i < scans.size(); i++) {
        scans.get(i).add(cells.get(i), rows.row(), rows.line());
      }
    }
    if (rows.row() == 0) {
      throw TableReader.noRows(file);
    }
    if (isTotal && totals == 1) {
      notes.add(TableNotes.ofTotal(rows.row(), rows.line()));
    }
    return of(file, scans, rules, notes);
  }

  private static TableScan of(
      Path file, List<ColumnScan> scans, ScanRules rules, ImmutableList.Builder<String> notes) {
    List<String> ignored = new ArrayList<>();
    Map<String, ColumnScan> used = new LinkedHashMap<>();
    for (int i = 0; i < scans.size(); i++) {
      ColumnScan scan = scans.get(i);
      String name = scan.name();
      if (rules.choices().left().contains(name)) {
        continue;
      }
      if (name.isEmpty() || (isUnnamed(name) && !rules.choices().isNamed(name))) {
        // A delimiter at the end of each row makes one without a cell.
        if (!scan.isEmpty()) {
          ignored.add(name);
        }
      } else if (used.put(name, scan) != null) {
        throw new DataException(
            "%s: the columns must have different names, found \"%s\" twice; rename one%s%s"
                .formatted(
                    file,
                    name,
                    rules.choices().isLabel(name)
                        ? ""
                        : ", or leave both out (--drop %s)".formatted(Names.option(name)),
                    Cells.number(name) == null
                        ? ""
                        : "; if the first line is a row, read the file without a header (--no-header)"));
      }
    }
    TableSchema schema = schema(file, ImmutableList.copyOf(used.values()), rules);
    ImmutableMap.Builder<String, String> dress = ImmutableMap.builder();
    schema
        .readings()
        .forEach(
            (name, reading) -> {
              if (reading instanceof ColumnReading.Numbers) {
                dress.put(name, requireNonNull(used.get(name)).dress());
              }
            });
    schema
        .readings()
        .forEach(
            (name, reading) -> {
              if (reading instanceof ColumnReading.Numbers
                  && rules.choices().kind(name).isEmpty()) {
                requireNonNull(used.get(name)).note().ifPresent(notes::add);
              }
            });
    return new TableScan(
        schema, dress.buildOrThrow(), ImmutableList.copyOf(ignored), notes.build());
  }

  private static boolean isUnnamed(String name) {
    return UNNAMED.matcher(name).matches();
  }

  private static TableSchema schema(Path file, ImmutableList<ColumnScan> scans, ScanRules rules) {
    ImmutableSet<NumberScan.Evidence> evidence =
        scans.stream().map(ColumnScan::evidence).collect(ImmutableSet.toImmutableSet());
    boolean commas =
        evidence.contains(NumberScan.Evidence.COMMA)
            && !evidence.contains(NumberScan.Evidence.POINT);
    ImmutableMap.Builder<String, ColumnReading> readings = ImmutableMap.builder();
    for (ColumnScan scan : scans) {
      ColumnGuess guess =
          scan.guess(rules.choices().kind(scan.name()), rules.decimal(), commas, rules.tolerance());
      Optional<String> doubt = guess.why();
      if (doubt.isPresent()) {
        throw new DataException("%s, column \"%s\": %s".formatted(file, scan.name(), doubt.get()));
      }
      readings.put(scan.name(), guess.reading());
    }
    return new TableSchema(readings.buildOrThrow());
  }
}
