package org.xgradient.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.PointChart;
import org.xgradient.report.text.Estimate;
import org.xgradient.spark.AttributionTransformer;
import org.xgradient.spark.Customers;
import org.xgradient.spark.GlobalViews;

class ViewsPageTest {

  /** Of a difference of two doubles. */
  private static final double ROUNDING = 1e-12;

  @TempDir private Path folder;

  @Test
  void bandsAndLinesAreWhatTheCaptionSays() throws IOException {
    Customers customers = Customers.write(folder, 300);
    Path model = customers.model(folder.resolve("model"), Customers.BINARY, false);
    GlobalViews views =
        GlobalViews.of(AttributionTransformer.of(model.toString()), customers.rows());

    var levels = (PointChart) ViewsPage.dependence(views, "town");
    List<Row> towns = views.dependence("town").collectAsList();
    for (int i = 0; i < towns.size(); i++) {
      Estimate drawn = levels.categories().get(i).estimates().get(0);
      double error = towns.get(i).<Double>getAs("standardError");
      assertThat(drawn.value()).isEqualTo(towns.get(i).<Double>getAs("mean"));
      assertThat(drawn.high() - drawn.value()).isEqualTo(2 * error, within(ROUNDING));
      assertThat(drawn.value() - drawn.low()).isEqualTo(2 * error, within(ROUNDING));
    }

    var series = ((LineChart) ViewsPage.dependence(views, "age")).series().get(0);
    List<Row> ages = views.dependence("age").collectAsList();
    for (int i = 0; i < ages.size(); i++) {
      int error = ages.get(i).fieldIndex("standardError");
      double expected = ages.get(i).isNullAt(error) ? 0 : 2 * ages.get(i).getDouble(error);
      assertThat(series.high().get(i) - series.y().get(i)).isEqualTo(expected, within(ROUNDING));
      assertThat(series.y().get(i) - series.low().get(i)).isEqualTo(expected, within(ROUNDING));
    }

    Path page = folder.resolve("page.html");
    ViewsPage.write(page, "300 customers", views, views, Map.of());
    assertThat(Files.readString(page))
        .contains("reaches two standard errors to each side")
        .contains("reaches one standard error to each side");
  }
}
