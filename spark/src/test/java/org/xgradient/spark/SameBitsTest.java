package org.xgradient.spark;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.cli.Xgradient;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.TableReader;

/** A row has the same attributions wherever it is, and those of the command line. */
class SameBitsTest {

  private static final int ROWS = 1500;

  @TempDir private static Path folder;
  private static Customers customers;

  @BeforeAll
  static void write() throws IOException {
    customers = Customers.write(folder, ROWS);
    customers.model(folder.resolve("granted"), Customers.BINARY, false);
    customers.model(folder.resolve("grade"), Customers.GRADE, true);
    customers.model(folder.resolve("score"), Customers.SCORE, false);
  }

  private static AttributionTransformer stage(String model) {
    return AttributionTransformer.of(folder.resolve(model).toString())
        .setIdCol("id")
        .setBatchSize(77)
        .setBaselineOutputCol("baseline");
  }

  private static Map<Long, List<Double>> explained(
      AttributionTransformer stage, Dataset<Row> rows) {
    Map<Long, List<Double>> found = new TreeMap<>();
    for (Row row :
        stage
            .transform(rows)
            .select("id", "attribution", "explained", "baseline")
            .collectAsList()) {
      List<Double> values = new ArrayList<>(row.getList(1));
      values.add(row.getDouble(2));
      values.add(row.isNullAt(3) ? Double.NaN : row.getDouble(3));
      found.put(row.getLong(0), values);
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({"granted, xg", "grade, ig"})
  void doNotDependOnPartitions(String model, String method) {
    AttributionTransformer stage = stage(model).setMethod(method).setSteps(16);
    var one = explained(stage, customers.rows().coalesce(1));
    assertThat(one).hasSize(ROWS);
    for (int partitions : new int[] {2, 7, 77, 300}) {
      assertThat(explained(stage, customers.rows().repartition(partitions)))
          .as("%s partitions", partitions)
          .isEqualTo(one);
    }
  }

  @Test
  void doNotDependOnPartitionsAgainstReferences() {
    AttributionTransformer stage = stage("grade").setReferences(customers.rows(), 20, 3);
    var one = explained(stage, customers.rows().coalesce(1));
    assertThat(explained(stage, customers.rows().repartition(7))).isEqualTo(one);
    // Against other references they are others.
    stage.setReferences(customers.rows(), 20, 4);
    assertThat(explained(stage, customers.rows().coalesce(1))).isNotEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource({"granted, auto", "granted, ig", "grade, ig", "score, xg"})
  void areThoseOfTheCommandLine(String model, String method) {
    Path out = folder.resolve(model + method + ".csv");
    List<String> command =
        new ArrayList<>(
            List.of(
                "attribute",
                "--model",
                folder.resolve(model).toString(),
                "--data",
                customers.csv().toString(),
                "--out",
                out.toString(),
                "--method",
                method,
                "--batch",
                "77",
                "--threads",
                "1",
                "--memory",
                "256"));
    if (!method.equals("xg")) {
      command.addAll(List.of("--steps", "16"));
    }
    int code = Xgradient.commandLine().execute(command.toArray(String[]::new));
    assertThat(code).isZero();
    Table written = read(out);
    var found = explained(stage(model).setMethod(method).setSteps(16), customers.rows());
    List<String> columns = customers.table().columns().stream().map(Column::name).toList();
    List<NumericColumn> expected = columns.stream().map(written::numeric).toList();
    // Those of a regression are doubles, in the unit of the label; the others floats.
    boolean floats = !model.equals("score");
    for (int row = 0; row < ROWS; row++) {
      List<Double> ofRow = requireNonNull(found.get((long) row));
      for (int i = 0; i < columns.size(); i++) {
        double value = expected.get(i).value(row);
        assertThat(ofRow.get(i))
            .as("row %s, %s", row, columns.get(i))
            .isEqualTo(floats ? (double) (float) value : value);
      }
    }
  }

  private static Table read(Path file) {
    List<String> columns = customers.table().columns().stream().map(Column::name).toList();
    return TableReader.withDefaults().withNumeric(columns.toArray(new String[0])).read(file);
  }
}
