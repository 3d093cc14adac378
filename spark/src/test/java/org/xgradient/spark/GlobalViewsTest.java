package org.xgradient.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.TableReader;

/** Against sums over the rows, in plain loops. */
class GlobalViewsTest {

  private static final double ROUNDING = 1e-9;

  @TempDir private static Path folder;
  private static Customers customers;
  private static AttributionTransformer stage;
  private static Dataset<Row> rows;
  private static List<Row> explained;

  @BeforeAll
  static void write() throws IOException {
    customers = Customers.write(folder, 500);
    Path model = customers.model(folder.resolve("granted"), Customers.BINARY, false);
    stage = AttributionTransformer.of(model.toString());
    rows = customers.rows().repartition(3).cache();
    explained = stage.transform(rows).collectAsList();
  }

  private static List<String> names() {
    return customers.table().columns().stream().map(c -> c.name()).toList();
  }

  private static double attribution(Row row, int column) {
    return row.<Double>getList(row.fieldIndex("attribution")).get(column);
  }

  @Test
  void importanceIsTheMeanAbsoluteAttributionOfEachGroup() {
    List<Row> found = GlobalViews.of(stage, rows, Customers.GRADE).importance().collectAsList();
    assertThat(found).hasSize(3 * names().size());
    for (Row row : found) {
      String grade = row.getAs(Customers.GRADE);
      int column = names().indexOf(row.<String>getAs("column"));
      var absolute = new SummaryStatistics();
      var signed = new SummaryStatistics();
      explained.stream()
          .filter(one -> one.getAs(Customers.GRADE).equals(grade))
          .forEach(
              one -> {
                absolute.addValue(Math.abs(attribution(one, column)));
                signed.addValue(attribution(one, column));
              });
      assertThat(row.<Long>getAs("rows")).isEqualTo(absolute.getN());
      assertThat(row.<Double>getAs("meanAbsolute")).isEqualTo(absolute.getMean(), within(ROUNDING));
      assertThat(row.<Double>getAs("standardError"))
          .isEqualTo(
              absolute.getStandardDeviation() / Math.sqrt((double) absolute.getN()),
              within(ROUNDING));
      assertThat(row.<Double>getAs("mean")).isEqualTo(signed.getMean(), within(ROUNDING));
    }
  }

  @Test
  void dependenceOfLevelsAndOfNumbers() {
    GlobalViews views = GlobalViews.of(stage, rows);
    List<Row> towns = views.dependence("town").collectAsList();
    assertThat(towns)
        .extracting(row -> row.getAs("bin"))
        .containsExactlyInAnyOrder("Ulm", "Ypres", "York", GlobalViews.MISSING);
    int column = names().indexOf("town");
    for (Row row : towns) {
      String town = row.getAs("bin");
      var statistics = new SummaryStatistics();
      explained.stream()
          .filter(
              one ->
                  one.getAs("town") == null
                      ? town.equals(GlobalViews.MISSING)
                      : one.getAs("town").equals(town))
          .forEach(one -> statistics.addValue(attribution(one, column)));
      assertThat(row.<Long>getAs("rows")).isEqualTo(statistics.getN());
      assertThat(row.<Double>getAs("mean")).isEqualTo(statistics.getMean(), within(ROUNDING));
      assertThat(row.<Double>getAs("standardError"))
          .isEqualTo(
              statistics.getStandardDeviation() / Math.sqrt((double) statistics.getN()),
              within(ROUNDING));
    }
    List<Row> ages = views.dependence("age").collectAsList();
    assertThat(ages.stream().mapToLong(row -> row.<Long>getAs("rows")).sum()).isEqualTo(500);
    assertThat(ages).extracting(row -> row.<Double>getAs("meanValue")).isSorted();
    assertThat(views.dependence("since").collectAsList()).hasSizeGreaterThan(3);
    assertThat(views.dependence("income").collectAsList())
        .extracting(row -> row.getAs("bin"))
        .contains(GlobalViews.MISSING);
    assertThatThrownBy(() -> views.dependence("none"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no column \"none\"");
  }

  /** As in a file of a country with decimal commas, where 1 and 1.0 are one kind. */
  @Test
  void cellsAreReadAsTheModelReadsThem() throws IOException {
    List<String> lines = new ArrayList<>(List.of("amount;kind;granted"));
    for (int i = 0; i < 120; i++) {
      String amount = i % 4 == 0 ? "-" : (i % 7) + "," + (1 + i % 9);
      String kind = i % 3 == 0 ? "1" : i % 3 == 1 ? "1.0" : "2";
      lines.add(amount + ";" + kind + ";" + (i % 2 == 0 ? "yes" : "no"));
    }
    Path csv = Files.write(folder.resolve("comma.csv"), lines);
    Table table = TableReader.withDefaults().withCategorical("kind").read(csv);
    Path model =
        Customers.model(
            folder.resolve("comma"),
            Table.of(List.of(table.column("amount"), table.column("kind"))),
            table.column("granted"),
            false);
    Dataset<Row> texts =
        LocalSpark.session().read().option("header", "true").option("sep", ";").csv(csv.toString());
    GlobalViews views = GlobalViews.of(AttributionTransformer.of(model.toString()), texts);
    List<Row> amounts = views.dependence("amount").collectAsList();
    double sum = 0;
    long numbers = 0;
    for (Row row : amounts) {
      boolean missing = row.<String>getAs("bin").equals(GlobalViews.MISSING);
      assertThat(row.isNullAt(row.fieldIndex("meanValue"))).isEqualTo(missing);
      if (missing) {
        assertThat(row.<Long>getAs("rows")).isEqualTo(30);
      } else {
        sum += row.<Long>getAs("rows") * row.<Double>getAs("meanValue");
        numbers += row.<Long>getAs("rows");
      }
    }
    NumericColumn read = table.numeric("amount");
    double expected =
        IntStream.range(0, 120).mapToDouble(read::value).filter(v -> !Double.isNaN(v)).sum();
    assertThat(numbers).isEqualTo(90);
    assertThat(sum).isEqualTo(expected, within(ROUNDING * expected));
    assertThat(views.dependence("kind").collectAsList())
        .extracting(row -> row.getAs("bin") + " " + row.getAs("rows"))
        .containsExactlyInAnyOrder("1 80", "2 40");
  }

  @Test
  void columnsToGroupByMustBeTellable() {
    assertThatThrownBy(
            () -> GlobalViews.of(stage, rows.withColumnRenamed(Customers.GRADE, "Rows"), "Rows"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("can't be called \"Rows\"");
    assertThatThrownBy(() -> GlobalViews.of(stage, rows, Customers.GRADE, Customers.GRADE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be different, found \"grade\" twice");
    Dataset<Row> umlauts = rows.withColumnRenamed(Customers.GRADE, "Größe");
    assertThatThrownBy(() -> GlobalViews.of(stage, umlauts, "Größe", "GRÖßE"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be different, found \"GRÖßE\" twice");
    assertThat(GlobalViews.of(stage, rows, "GRADE").importance().select("GRADE").distinct().count())
        .isEqualTo(3);
  }

  /** What a checkpoint on an executor held was lost with the executor. */
  @Test
  void tablesNeedNoExecutor() {
    Dataset<Row> table = GlobalViews.of(stage, rows, Customers.GRADE).importance();
    assertThat(table.queryExecution().optimizedPlan().toString())
        .contains("LocalRelation")
        .doesNotContain("LogicalRDD");
  }

  @Test
  void whatCannotBeSummedUpIsRefused() {
    assertThatThrownBy(() -> GlobalViews.of(stage, rows, "none"))
        .hasMessageContaining("no column \"none\" to group by");
    AttributionTransformer both =
        stage.copy(new org.apache.spark.ml.param.ParamMap()).setTargetClasses("no", "yes");
    assertThatThrownBy(() -> GlobalViews.of(both, rows)).hasMessageContaining("of one class");
  }
}
