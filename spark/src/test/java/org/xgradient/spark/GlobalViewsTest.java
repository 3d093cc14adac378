package org.xgradient.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;

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

  @Test
  void whatCannotBeSummedUpIsRefused() {
    assertThatThrownBy(() -> GlobalViews.of(stage, rows, "none"))
        .hasMessageContaining("no column \"none\" to group by");
    AttributionTransformer both =
        stage.copy(new org.apache.spark.ml.param.ParamMap()).setTargetClasses("no", "yes");
    assertThatThrownBy(() -> GlobalViews.of(both, rows)).hasMessageContaining("of one class");
  }
}
