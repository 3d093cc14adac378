package org.xgradient.spark.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.BarChart;
import org.xgradient.report.chart.Category;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.PointChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.spark.GlobalViews;

/** The global views as a page. */
final class ViewsPage {

  /** Of the columns that matter most, so many are drawn against their values. */
  private static final int MOST_DRAWN = 6;

  private ViewsPage() {}

  static void write(
      Path file, String title, GlobalViews all, GlobalViews byGroup, Map<String, String> facts)
      throws IOException {
    List<Row> columns = all.importance().collectAsList();
    HtmlPage page =
        HtmlPage.titled(title)
            .lead("What each column adds to the explained output, over all rows.")
            .definitions(facts)
            .section("Which columns matter")
            .figure(
                BarChart.of(
                        "Mean absolute attribution",
                        Axis.linear("mean absolute attribution").including(0),
                        columns.stream().map(ViewsPage::bar).toList())
                    .largest(20),
                "The mean over all rows; the line reaches one standard error to each side.")
            .table(table(columns, List.of()));
    page.section("How they depend on their values")
        .figures(
            columns.stream()
                .limit(MOST_DRAWN)
                .map(row -> dependence(all, row.<String>getAs("column")))
                .toList(),
            "The mean attribution of a column against its value, in bins of half a standard"
                + " deviation, or by level; the band, or the line, reaches two standard errors to"
                + " each side.");
    if (!byGroup.groups().isEmpty()) {
      page.section("By " + String.join(", ", byGroup.groups()))
          .table(table(byGroup.importance().collectAsList(), byGroup.groups()));
    }
    page.write(file);
  }

  private static Category bar(Row row) {
    return Category.of(row.getAs("column"), estimate(row, "meanAbsolute", 1));
  }

  /** A mean, in an interval of so many standard errors to each side. */
  private static Estimate estimate(Row row, String mean, int errors) {
    double value = row.<Double>getAs(mean);
    int error = row.fieldIndex("standardError");
    return row.isNullAt(error)
        ? Estimate.exact(value)
        : Estimate.withError(value, errors * row.getDouble(error));
  }

  /** What the means of bins are drawn with, as a band or as lines. */
  private static Estimate drawn(Row row) {
    return estimate(row, "mean", 2);
  }

  static Chart dependence(GlobalViews views, String column) {
    Dataset<Row> table = views.dependence(column);
    List<Row> numbers = table.filter("meanValue is not null").collectAsList();
    if (numbers.size() < 2) {
      return PointChart.of(
          column,
          Axis.linear("mean attribution").including(0),
          table.collectAsList().stream()
              .map(row -> Category.of(row.getAs("bin"), drawn(row)))
              .toList());
    }
    double[] x = numbers.stream().mapToDouble(row -> row.<Double>getAs("meanValue")).toArray();
    double[] y = numbers.stream().mapToDouble(row -> row.<Double>getAs("mean")).toArray();
    double[] low = new double[y.length];
    double[] high = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      Estimate estimate = drawn(numbers.get(i));
      low[i] = estimate.hasInterval() ? estimate.low() : y[i];
      high[i] = estimate.hasInterval() ? estimate.high() : y[i];
    }
    return LineChart.of(
            column,
            Axis.linear(column),
            Axis.linear("mean attribution").including(0),
            List.of(Series.of(column, x, y).withBand(low, high)))
        .small();
  }

  private static ReportTable table(List<Row> rows, List<String> groups) {
    ReportTable.Builder table =
        ReportTable.titled("Mean absolute attribution")
            .text(groups.toArray(new String[0]))
            .text("column")
            .number("rows", "mean absolute", "mean");
    for (Row row : rows) {
      List<String> cells = new ArrayList<>();
      groups.forEach(group -> cells.add(String.valueOf(row.<Object>getAs(group))));
      cells.add(row.getAs("column"));
      cells.add(Numbers.count(row.<Long>getAs("rows")));
      cells.add(estimate(row, "meanAbsolute", 1).text());
      cells.add(Numbers.significant(row.<Double>getAs("mean"), 3));
      table.row(cells);
    }
    return table.build();
  }
}
