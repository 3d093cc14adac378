package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.text.Numbers;

/** The page of an evaluation, for a reader who must choose a method, or defend one. */
final class EvaluationReport {

  private EvaluationReport() {}

  static HtmlPage of(Evaluation evaluation) {
    HtmlPage page =
        HtmlPage.titled("How good are the explanations?")
            .lead(
                "%d ways to explain the predictions of one model, judged on the same %s %s."
                    .formatted(
                        evaluation.methods().size(),
                        Numbers.count(evaluation.rows()),
                        evaluation.wording().inputs()));
    scores(page, evaluation);
    curves(page, evaluation);
    evaluation.examples().addTo(page);
    randomization(page, evaluation);
    EvaluationTables.improvements(evaluation)
        .ifPresent(
            table ->
                page.section("Differences between methods")
                    .paragraph(
                        "The %1$s differ more than the methods do. Differences on the same %1$s show what the curves above can't."
                            .formatted(evaluation.wording().inputs()))
                    .table(table));
    page.section("The model and the data")
        .table(EvaluationTables.model(evaluation))
        .definitions(evaluation.provenance().facts());
    return page;
  }

  private static void scores(HtmlPage page, Evaluation evaluation) {
    ImmutableMap.Builder<String, String> meanings = ImmutableMap.builder();
    evaluation
        .metrics()
        .forEach(metric -> meanings.put(metric.title(), metric.meaning(evaluation.wording())));
    page.section("Scores").table(EvaluationTables.scores(evaluation));
    Suspicions.of(evaluation).forEach(page::warning);
    page.subsection("What they measure")
        .paragraph(
            "Of a masking metric the score is the area under the curve of the next section. With"
                + " two classes, the output and the probability are those of the second one.")
        .definitions(meanings.buildOrThrow());
  }

  private static void curves(HtmlPage page, Evaluation evaluation) {
    List<LineChart> charts = new ArrayList<>();
    for (EvaluationMetric metric : evaluation.metrics()) {
      if (metric.masking().isPresent()) {
        charts.add(chart(metric, evaluation));
      }
    }
    if (!charts.isEmpty()) {
      page.section("Masking curves")
          .paragraph(
              "What the model makes of %s of which only some %2$s are left. A good method knows which %2$s these must be."
                  .formatted(evaluation.wording().inputs(), evaluation.wording().parts()))
          .figures(
              charts,
              "Mean over the %s; the band is the 95 %% bootstrap interval at each point."
                  .formatted(evaluation.wording().inputs()));
    }
  }

  private static void randomization(HtmlPage page, Evaluation evaluation) {
    if (evaluation.randomizations().isEmpty()) {
      return;
    }
    List<Series> series = new ArrayList<>();
    evaluation
        .randomizations()
        .forEach(
            (method, steps) -> {
              double[] done = IntStream.rangeClosed(0, steps.size()).asDoubleStream().toArray();
              double[] agreement = new double[done.length];
              agreement[0] = 1;
              for (int i = 0; i < steps.size(); i++) {
                agreement[i + 1] = steps.get(i).absoluteAgreement();
              }
              series.add(Series.of(method, done, agreement));
            });
    page.section("Do they explain the model?")
        .paragraph(
            "The parameters of the model are permuted, those of its last layers first. An"
                + " explanation of the model must change; one that stays the same explains the"
                + " input (Adebayo et al., 2018). Of methods that multiply by the input some"
                + " agreement stays in any case."
                + (evaluation.methods().contains(Suspicions.YARDSTICK)
                    ? " The numbers of random depend on nothing: they are there to compare with, and"
                        + " stay the same."
                    : ""))
        .figures(
            List.of(
                LineChart.of(
                    "Agreement with the original attributions",
                    Axis.linear("steps of randomization, from the last layer to the first")
                        .withTicks(
                            IntStream.rangeClosed(0, longest(evaluation))
                                .asDoubleStream()
                                .toArray()),
                    Axis.linear("rank correlation"),
                    series)),
            "Rank correlation of absolute attributions, mean over some of the %s."
                .formatted(evaluation.wording().inputs()));
  }

  private static int longest(Evaluation evaluation) {
    return evaluation.randomizations().values().stream().mapToInt(List::size).max().orElse(0);
  }

  private static LineChart chart(EvaluationMetric metric, Evaluation evaluation) {
    List<Series> series = new ArrayList<>();
    for (BandedCurve curve : evaluation.curves(metric)) {
      double[] fractions = curve.curve().fractions().toArray();
      double[] values = curve.curve().scores().toArray();
      series.add(
          Series.of(curve.curve().method(), fractions, values)
              .withBand(curve.lower(), curve.upper()));
    }
    String title = "%s (%s is better)".formatted(metric.title(), metric.better());
    String x = "fraction of %s that stay".formatted(evaluation.wording().parts());
    return LineChart.of(
            title,
            metric.isCausal() ? Axis.linear(x) : Axis.logarithmic(x),
            Axis.linear(metric.quantity()),
            series)
        .small();
  }
}
