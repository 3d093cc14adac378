package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.cli.report.Axis;
import org.xgradient.cli.report.HtmlPage;
import org.xgradient.cli.report.LineChart;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.Series;

/** The page of an evaluation, for a reader who must choose a method, or defend one. */
final class EvaluationReport {

  private EvaluationReport() {}

  static HtmlPage of(Evaluation evaluation) {
    HtmlPage page =
        HtmlPage.titled("How good are the explanations?")
            .lead(
                "%d ways to explain the predictions of one model, judged on the same %s rows."
                    .formatted(evaluation.methods().size(), Numbers.count(evaluation.rows())));
    scores(page, evaluation);
    curves(page, evaluation);
    EvaluationTables.improvements(evaluation)
        .ifPresent(
            table ->
                page.section("Differences between methods")
                    .paragraph(
                        "Rows differ more than methods do. A difference that is taken row by row"
                            + " shows what the curves above can't.")
                    .table(table));
    page.section("The model and the data")
        .table(EvaluationTables.model(evaluation))
        .definitions(evaluation.provenance().facts());
    return page;
  }

  private static void scores(HtmlPage page, Evaluation evaluation) {
    ImmutableMap.Builder<String, String> meanings = ImmutableMap.builder();
    evaluation.metrics().forEach(metric -> meanings.put(metric.title(), metric.meaning()));
    page.section("Scores")
        .table(EvaluationTables.scores(evaluation))
        .subsection("What they measure")
        .paragraph(
            "Of a masking metric the score is the area under the curve of the next section. With"
                + " two classes, the output and the probability are those of the second one.")
        .definitions(meanings.buildOrThrow());
  }

  private static void curves(HtmlPage page, Evaluation evaluation) {
    List<LineChart> charts = new ArrayList<>();
    for (EvaluationMetric metric : evaluation.metrics()) {
      if (metric.masking().isPresent()) {
        charts.add(chart(metric, evaluation.curves(metric)));
      }
    }
    if (!charts.isEmpty()) {
      page.section("Masking curves")
          .paragraph(
              "What the model makes of rows of which only some features are left. A good method"
                  + " knows which features these must be.")
          .figures(
              charts, "Mean over the rows; the band is the 95 % bootstrap interval at each point.");
    }
  }

  private static LineChart chart(EvaluationMetric metric, List<BandedCurve> curves) {
    List<Series> series = new ArrayList<>();
    for (BandedCurve curve : curves) {
      double[] fractions = curve.curve().fractions().toArray();
      double[] values = curve.curve().scores().toArray();
      series.add(
          Series.of(curve.curve().method(), fractions, values)
              .withBand(curve.lower(), curve.upper()));
    }
    String title = "%s (%s is better)".formatted(metric.title(), metric.better());
    String x = "fraction of features that stay";
    return LineChart.of(
            title,
            metric.isCausal() ? Axis.linear(x) : Axis.logarithmic(x),
            Axis.linear(metric.quantity()),
            series)
        .small();
  }
}
