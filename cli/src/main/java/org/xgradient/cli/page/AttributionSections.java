package org.xgradient.cli.page;

import java.util.ArrayList;
import java.util.List;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.chart.ScatterChart;
import org.xgradient.report.table.AttributedRows;
import org.xgradient.report.table.AttributionCharts;
import org.xgradient.report.text.Sentences;

/** Sections on what matters over all rows, which several pages have. */
public final class AttributionSections {

  /** What rows of a model of ours are compared with. */
  public static final String AVERAGE_ROW =
      "the mean of each number over the training rows, and no level of a category";

  private static final int COLUMNS = 15;
  private static final int DEPENDENCES = 6;

  private AttributionSections() {}

  /**
   * Adds which columns matter, and how what they add depends on their cells.
   *
   * @param page the page
   * @param rows the rows
   * @param which which rows these are, such as "the test rows"
   * @param baseline what they are compared with, as the end of a sentence; empty if with nothing
   */
  public static void addTo(HtmlPage page, AttributedRows rows, String which, String baseline) {
    String points = AttributionCharts.points(rows);
    page.section("Which columns matter")
        .paragraph(
            "The contribution of a cell is what it adds to the output for its row%s."
                    .formatted(baseline.isEmpty() ? "" : ", compared with " + baseline)
                + " They explain the model, not the world: what the model does not read has none.")
        .figure(
            AttributionCharts.importance(rows).largest(COLUMNS),
            "Mean absolute contribution over %s, with its standard error.".formatted(which))
        .figure(
            AttributionCharts.summary(rows).first(COLUMNS),
            Sentences.begin(points)
                + ", to the right if the cell raises the output. The colour is the"
                + " value of the cell among those of its column; where colours are in order from"
                + " left to right, the output rises or falls with the value.");
    dependence(page, rows, points);
  }

  private static void dependence(HtmlPage page, AttributedRows rows, String points) {
    List<Chart> small = new ArrayList<>();
    List<Chart> large = new ArrayList<>();
    AttributionCharts.byImportance(rows).stream()
        .limit(DEPENDENCES)
        .forEach(
            name -> {
              Chart chart = AttributionCharts.dependence(rows, name);
              if (chart instanceof ScatterChart scatter) {
                small.add(scatter.small());
              } else {
                large.add(chart);
              }
            });
    page.section("How it depends on the cells")
        .paragraph(
            "What the cells of the columns that matter most add, at each value. Points one above"
                + " another are rows of equal value for which it adds different amounts: other"
                + " columns decide. The colour is the one of them that decides most, where one does"
                + " for a tenth of it.");
    if (!small.isEmpty()) {
      page.figures(small, "Contribution against value, %s.".formatted(points));
    }
    large.forEach(
        chart -> page.figure(chart, "Contribution for each level, %s.".formatted(points)));
  }
}
