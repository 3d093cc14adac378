package org.xgradient.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.experiments.mortality.Nhanes;
import org.xgradient.experiments.sparsity.TableSource;
import org.xgradient.experiments.sparsity.TableSource.NhanesFiles.Expansion;
import org.xgradient.report.CsvFile;
import org.xgradient.report.text.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xgradient nhanes}. */
@Command(
    name = "nhanes",
    description = {
      "Turn the published NHANES I files into a table to train on.",
      "The label column is \"alive\": 1 if seen alive after so many years, 0 if dead by then."
    },
    sortOptions = false)
public final class NhanesCommand implements Callable<Integer> {

  @Option(
      names = "--folder",
      required = true,
      paramLabel = "DIR",
      description = "Folder with " + Nhanes.FEATURES_FILE + " and " + Nhanes.FOLLOW_UP_FILE + ".")
  private Path folder;

  @Option(
      names = "--horizon",
      defaultValue = "15",
      paramLabel = "YEARS",
      description = "Years after the examination (default: ${DEFAULT-VALUE}).")
  private double horizon;

  @Option(
      names = "--expansion",
      defaultValue = "none",
      paramLabel = "NAME",
      description = "none or tail118 (default: ${DEFAULT-VALUE}).")
  private Expansion expansion;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.csv",
      description = "Where to write the table.")
  private Path out;

  @SuppressWarnings("NullAway.Init")
  NhanesCommand() {}

  @Override
  public Integer call() throws IOException {
    Table table = new TableSource.NhanesFiles(folder.toString(), expansion, horizon).load();
    CsvFile.write(
        out,
        table.columns().stream().map(Column::name).toList(),
        rows -> {
          for (int row = 0; row < table.rows(); row++) {
            int current = row;
            rows.row(table.columns().stream().map(column -> cell(column, current)).toList());
          }
        });
    System.out.printf("Table: %s (%s)%n", out, Numbers.count(table.rows(), "row"));
    return 0;
  }

  private static Object cell(Column column, int row) {
    return column.isMissing(row) ? "" : ((NumericColumn) column).value(row);
  }
}
