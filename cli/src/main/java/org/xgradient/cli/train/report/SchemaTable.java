package org.xgradient.cli.train.report;

import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.CellPlace;
import org.xgradient.data.table.reading.ColumnProfile;
import org.xgradient.data.table.reading.TableFile;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** What was found in the columns of a table, for the user to judge. */
public final class SchemaTable {

  /** More than these are too many to be looked at. */
  private static final int SHOWN = 60;

  private SchemaTable() {}

  public static ReportTable of(TableFile file) {
    var table =
        ReportTable.titled("")
            .text("column", "read as")
            .number("levels", "missing")
            .text("first odd cell");
    file.columns().stream().limit(SHOWN).forEach(column -> table.row(cells(column)));
    if (file.columns().size() > SHOWN) {
      table.footnote(
          "and %d more columns; the schema in the model has all of them"
              .formatted(file.columns().size() - SHOWN));
    }
    return table.build();
  }

  /** {@return the columns that a model of others is given} */
  static ReportTable of(Table given) {
    var table = ReportTable.titled("").text("column", "read as").number("least", "mean", "most");
    given.columns().stream().limit(SHOWN).forEach(column -> table.row(cells(column)));
    if (given.columns().size() > SHOWN) {
      table.footnote("and %d more columns".formatted(given.columns().size() - SHOWN));
    }
    return table.build();
  }

  private static String[] cells(Column column) {
    if (!(column instanceof NumericColumn numbers)) {
      return new String[] {column.name(), column.reading().toString(), "", "", ""};
    }
    DoubleSummaryStatistics values =
        IntStream.range(0, numbers.rows()).mapToDouble(numbers::value).summaryStatistics();
    return new String[] {
      column.name(),
      column.reading().toString(),
      Numbers.significant(values.getMin(), 3),
      Numbers.significant(values.getAverage(), 3),
      Numbers.significant(values.getMax(), 3)
    };
  }

  private static String[] cells(ColumnProfile column) {
    boolean levels = column.reading() instanceof ColumnReading.Levels;
    return new String[] {
      column.name(),
      column.reading() + column.dress(),
      levels ? Numbers.count(column.levels()) : "",
      column.missing() == 0 ? "" : Numbers.count(column.missing()),
      column.odd().first().stream().findFirst().map(CellPlace::toString).orElse("")
    };
  }
}
