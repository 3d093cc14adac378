package org.xgradient.cli.train.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.xgradient.data.Task;
import org.xgradient.metrics.CalibrationCurve;
import org.xgradient.metrics.ConfusionMatrix;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.ScatterChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.SafeText;

/** How good a model is: calibration and confusion, or residuals. */
final class QualitySection {

  private static final int BINS = 10;
  private static final int ROWS_OF_A_BIN = 20;
  private static final int MOST_CLASSES = 20;

  /** Probabilities that are off by more than this on average are worth a warning. */
  private static final double BAD_CALIBRATION = 0.1;

  private QualitySection() {}

  static void addTo(HtmlPage page, JudgedRows rows) {
    if (rows.labels().task() == Task.REGRESSION) {
      residuals(page, rows);
    } else {
      calibration(page, rows);
      confusion(page, rows);
    }
  }

  private static void calibration(HtmlPage page, JudgedRows rows) {
    boolean binary = rows.labels().task() == Task.BINARY;
    int count = rows.rows();
    double[] probabilities = new double[count];
    boolean[] cameTrue = new boolean[count];
    for (int row = 0; row < count; row++) {
      int of = binary ? 1 : rows.predicted(row);
      probabilities[row] = rows.probabilities(row)[of];
      cameTrue[row] = rows.actualClass(row) == of;
    }
    CalibrationCurve curve =
        CalibrationCurve.of(
            probabilities, cameTrue, Math.max(1, Math.min(BINS, count / ROWS_OF_A_BIN)));
    String of = binary ? SafeText.isolated(rows.labels().classes().get(1)) : "the predicted class";
    List<CalibrationCurve.Bin> bins = curve.bins();
    double[] x = bins.stream().mapToDouble(CalibrationCurve.Bin::probability).toArray();
    page.subsection("Are its probabilities right?")
        .figure(
            LineChart.of(
                "Calibration",
                Axis.linear("probability of " + of + ", as predicted").including(0, 1),
                Axis.linear("share of rows that are " + (binary ? of : "of it")).including(0, 1),
                List.of(
                    Series.of(
                            "the model",
                            x,
                            bins.stream().mapToDouble(CalibrationCurve.Bin::share).toArray())
                        .withBand(
                            bins.stream().mapToDouble(bin -> bin.interval().lower()).toArray(),
                            bins.stream().mapToDouble(bin -> bin.interval().upper()).toArray()),
                    Series.of("as it should be", new double[] {0, 1}, new double[] {0, 1})
                        .withDashes())),
            "%s of %s rows with similar probabilities; the band is the 95 %% Wilson interval. Mean distance from the dashed line: %s."
                .formatted(
                    Numbers.count(bins.size(), "group"),
                    rows.part(),
                    Numbers.significant(curve.expectedError(), 2)));
    if (curve.expectedError() > BAD_CALIBRATION) {
      page.warning(
          "The probabilities are not to be taken at their word",
          "They are off by %s on average on the %s rows. The order of the rows may be right all the"
                  .formatted(Numbers.percent(curve.expectedError()), rows.part())
              + " same, which is what a ROC-AUC says.");
    }
  }

  private static void confusion(HtmlPage page, JudgedRows rows) {
    ImmutableList<String> classes = rows.labels().classes();
    if (classes.size() > MOST_CLASSES) {
      return;
    }
    int[] actual = IntStream.range(0, rows.rows()).map(rows::actualClass).toArray();
    int[] predicted = IntStream.range(0, rows.rows()).map(rows::predicted).toArray();
    ConfusionMatrix matrix = ConfusionMatrix.of(classes.size(), actual, predicted);
    var table =
        ReportTable.titled("Confusion of classes, %s rows".formatted(rows.part()))
            .text("is, below; predicted, to the right");
    classes.forEach(table::number);
    table.number("found, %");
    for (int of = 0; of < classes.size(); of++) {
      List<String> cells = new ArrayList<>(List.of(classes.get(of)));
      for (int as = 0; as < classes.size(); as++) {
        cells.add(Numbers.count(matrix.count(of, as)));
      }
      cells.add(percent(matrix.recall(of)));
      table.row(cells);
    }
    List<String> last = new ArrayList<>(List.of("right, %"));
    for (int as = 0; as < classes.size(); as++) {
      last.add(percent(matrix.precision(as)));
    }
    last.add("");
    page.subsection("Which classes does it take for which?")
        .table(
            table
                .row(last)
                .footnote(
                    "Found: the share of a class that is predicted to be of it (recall). Right: the"
                        + " share of what is predicted to be of a class that is (precision). Each row"
                        + " is taken for its most probable class.")
                .build());
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "" : Numbers.fixed(100 * share, 1);
  }

  private static void residuals(HtmlPage page, JudgedRows rows) {
    int count = rows.rows();
    double[] predicted = IntStream.range(0, count).mapToDouble(rows::predictedNumber).toArray();
    double[] actual = IntStream.range(0, count).mapToDouble(rows::actualNumber).toArray();
    double[] residuals =
        IntStream.range(0, count).mapToDouble(row -> actual[row] - predicted[row]).toArray();
    String label = SafeText.isolated(rows.labels().column());
    page.subsection("Where is it wrong?")
        .figures(
            List.of(
                ScatterChart.of(
                        "Actual against predicted",
                        Axis.linear("predicted " + label),
                        Axis.linear("actual " + label),
                        predicted,
                        actual)
                    .withDiagonal()
                    .small(),
                ScatterChart.of(
                        "Residuals",
                        Axis.linear("predicted " + label),
                        Axis.linear("actual less predicted"),
                        predicted,
                        residuals)
                    .small()),
            "A point for each of the %s rows; on the dashed line both are equal. Residuals that fan out or bend show what the model does not see."
                .formatted(rows.part()))
        .table(quantiles(residuals, label));
  }

  private static ReportTable quantiles(double[] residuals, String label) {
    double[] sorted = residuals.clone();
    Arrays.sort(sorted);
    var table = ReportTable.titled("Residuals in the unit of " + label);
    List<String> cells = new ArrayList<>();
    for (int percent : new int[] {0, 5, 25, 50, 75, 95, 100}) {
      table.number(percent == 0 ? "least" : percent == 100 ? "most" : percent + " %");
      cells.add(
          Numbers.significant(sorted[(int) Math.round(percent / 100.0 * (sorted.length - 1))], 3));
    }
    return table.row(cells).build();
  }
}
