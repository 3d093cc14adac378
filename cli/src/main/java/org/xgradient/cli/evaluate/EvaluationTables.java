package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.PairedDifference;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** The numbers of an evaluation, for the terminal and for the report. */
public final class EvaluationTables {

  private EvaluationTables() {}

  /**
   * The scores: a row for each metric, a column for each method.
   *
   * @param evaluation what was found
   * @return the table
   */
  public static ReportTable scores(Evaluation evaluation) {
    var builder =
        ReportTable.titled(
                "Attribution methods on %s %s"
                    .formatted(Numbers.count(evaluation.rows()), evaluation.wording().inputs()))
            .text("metric", "better")
            .number(evaluation.methods().toArray(String[]::new));
    for (EvaluationMetric metric : evaluation.metrics()) {
      List<String> cells = new ArrayList<>(List.of(metric.title(), metric.better()));
      for (String method : evaluation.methods()) {
        cells.add(evaluation.score(method, metric).text());
      }
      builder.row(cells);
    }
    return builder
        .footnote(
            "±: half the width of the 95 %% bootstrap interval over the %s. %s: not defined."
                .formatted(evaluation.wording().inputs(), Numbers.MISSING))
        .footnote(evaluation.wording().masking())
        .build();
  }

  /**
   * How well the model predicts the rows.
   *
   * @param evaluation what was found
   * @return the table
   */
  public static ReportTable model(Evaluation evaluation) {
    var builder =
        ReportTable.titled("The model on these " + evaluation.wording().inputs())
            .text("metric")
            .number("value");
    evaluation
        .modelScores()
        .forEach((name, value) -> builder.row(name, Numbers.significant(value, 4)));
    return builder.build();
  }

  /**
   * By how much each method is better than the first in the masking metrics, on the same inputs;
   * empty if there is but one method or no masking metric.
   */
  static Optional<ReportTable> improvements(Evaluation evaluation) {
    ImmutableList<EvaluationMetric> metrics =
        evaluation.metrics().stream()
            .filter(metric -> metric.masking().isPresent())
            .collect(ImmutableList.toImmutableList());
    Iterable<String> others = Iterables.skip(evaluation.methods(), 1);
    if (metrics.isEmpty() || Iterables.isEmpty(others)) {
      return Optional.empty();
    }
    String first = evaluation.methods().asList().get(0);
    var builder =
        ReportTable.titled("By how much each method is better than " + first)
            .text("metric")
            .number(Iterables.toArray(others, String.class));
    for (EvaluationMetric metric : metrics) {
      List<String> cells = new ArrayList<>(List.of(metric.title()));
      var curves = evaluation.curves(metric);
      for (BandedCurve curve : Iterables.skip(curves, 1)) {
        cells.add(text(curve.curve().improvementOver(curves.get(0).curve())));
      }
      builder.row(cells);
    }
    return Optional.of(
        builder
            .footnote(
                "Mean of the differences of the areas on the same %s, in the direction of the metric, with the 95 %% interval of Student's t; positive is better."
                    .formatted(evaluation.wording().inputs()))
            .build());
  }

  private static String text(PairedDifference difference) {
    ConfidenceInterval interval = difference.interval(Evaluation.CONFIDENCE);
    return Numbers.interval(difference.mean(), interval.lower(), interval.upper());
  }
}
