package org.xgradient.cli.experiment;

import org.xgradient.data.SampleMean;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Published;
import org.xgradient.experiments.sparsity.SparsityExperiment.Result;
import org.xgradient.experiments.sparsity.SparsityExperiment.Task;
import org.xgradient.experiments.sparsity.StudyConfiguration;
import org.xgradient.experiments.sparsity.StudyFigure;
import org.xgradient.experiments.sparsity.StudySummary;
import org.xgradient.experiments.sparsity.StudySummary.Method;
import org.xgradient.experiments.sparsity.StudySummary.Weight;
import org.xgradient.metrics.PairedDifference;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** The numbers of either half of FAA, Fig. 1. */
final class StudyTables {

  private final StudyPublished published;
  private final StudySummary summary;
  private final int repetitions;

  StudyTables(StudyFigure figure, ExperimentResults<StudyConfiguration, Task, Result> results) {
    published = StudyPublished.of(figure, results.configuration());
    summary = StudySummary.of(results);
    repetitions = results.configuration().repetitions();
  }

  /** Each method with the weight that was chosen for it. */
  ReportTable methods() {
    Method first = summary.methods().get(0);
    var builder =
        ReportTable.titled(
                "Test ROC-AUC over %d repetitions: mean ± standard error".formatted(repetitions))
            .text("method")
            .number("weight", "test ROC-AUC", first.name() + " is better by")
            .number("published", "sparsity (Gini)");
    for (Method method : summary.methods()) {
      Weight chosen = method.chosen();
      builder.row(
          method.name(),
          method.lambda() == 0 ? "-" : Numbers.significant(method.lambda(), 2),
          Numbers.meanAndError(SampleMean.of(chosen.testAuc().toArray())),
          method.equals(first) ? "-" : difference(first, method),
          published.of(method.name()).map(StudyTables::text).orElse("-"),
          Numbers.meanAndError(SampleMean.of(chosen.sparsity().toArray())));
    }
    return builder
        .footnote("Weight: that with the highest mean validation ROC-AUC.")
        .footnote("Published: " + published.source() + ".")
        .footnote(
            "Sparsity: the Gini coefficient of the mean absolute attributions of the features on"
                + " test rows; 0 is evenly spread, 1 is all on one feature.")
        .build();
  }

  /** Each method with each weight. */
  ReportTable weights() {
    var builder =
        ReportTable.titled("All weights")
            .text("method")
            .number("weight", "validation ROC-AUC", "test ROC-AUC", "sparsity (Gini)");
    for (Method method : summary.methods()) {
      for (Weight weight : method.weights()) {
        builder.row(
            method.name(),
            weight.lambda() == 0 ? "-" : Numbers.significant(weight.lambda(), 2),
            Numbers.meanAndError(SampleMean.of(weight.validationAuc().toArray())),
            Numbers.meanAndError(SampleMean.of(weight.testAuc().toArray())),
            Numbers.meanAndError(SampleMean.of(weight.sparsity().toArray())));
      }
    }
    return builder.build();
  }

  private static String difference(Method first, Method other) {
    PairedDifference difference = StudySummary.difference(first, other);
    return Numbers.meanAndError(difference.mean(), difference.standardError());
  }

  private static String text(Published value) {
    return Numbers.meanAndError(value.value(), value.standardError().orElse(Double.NaN));
  }
}
