package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.promises.PromiseSummary;
import org.xgradient.experiments.promises.PromisesExperiment;
import org.xgradient.experiments.promises.PromisesExperiment.Configuration;
import org.xgradient.experiments.promises.PromisesExperiment.Promise;
import org.xgradient.experiments.promises.PromisesExperiment.Result;
import org.xgradient.experiments.promises.PromisesExperiment.Task;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** Shows {@link PromisesExperiment}. */
final class PromisesView implements ExperimentView<Configuration, Task, Result> {

  private final PromisesExperiment experiment = new PromisesExperiment();

  @Override
  public PromisesExperiment experiment() {
    return experiment;
  }

  @Override
  public String heading() {
    return "What is kept, and what is not";
  }

  @Override
  public String lead(ExperimentResults<Configuration, Task, Result> results) {
    return ("Training with the usual options on %d random splits of each table. Without a prior the"
            + " model is held against a network like scikit-learn's usual one, with a mask against"
            + " one that was trained without the column, with the Gini prior against one without"
            + " the prior. All figures are of the test rows.")
        .formatted(results.configuration().splits());
  }

  @Override
  public ImmutableList<ReportTable> tables(ExperimentResults<Configuration, Task, Result> results) {
    ImmutableList<PromiseSummary> all = experiment.summaries(results);
    return ImmutableList.of(overview(all), lambdas(all));
  }

  private static ReportTable overview(ImmutableList<PromiseSummary> all) {
    var builder =
        ReportTable.titled("")
            .text("table", "prior", "column")
            .number(
                "metric",
                "of the other",
                "difference, lower",
                "upper",
                "loss",
                "of the other",
                "decisions changed",
                "metric after the swap",
                "columns",
                "of the other");
    for (PromiseSummary summary : all) {
      boolean masked = summary.task().promise() == Promise.MASK;
      boolean sparse = summary.task().promise() == Promise.GINI;
      builder.row(
          summary.task().table(),
          summary.task().promise().name().toLowerCase(Locale.ROOT),
          summary.task().column(),
          number(summary.mean(Result::metric).mean()),
          number(summary.mean(Result::otherMetric).mean()),
          number(summary.gain().lower()),
          number(summary.gain().upper()),
          number(summary.mean(Result::loss).mean()),
          number(summary.mean(Result::otherLoss).mean()),
          masked ? number(summary.mean(Result::changed).mean()) : "",
          masked ? number(summary.mean(Result::metricAfter).mean()) : "",
          sparse ? Numbers.significant(summary.mean(Result::columns).mean(), 3) : "",
          sparse ? Numbers.significant(summary.mean(Result::otherColumns).mean(), 3) : "");
    }
    return builder
        .footnote(
            "Metric: ROC-AUC, accuracy or R². Difference: that of the metric in pairs, 95 % interval."
                + " Columns: those that carry 99 % of the attribution.")
        .build();
  }

  private static ReportTable lambdas(ImmutableList<PromiseSummary> all) {
    var builder =
        ReportTable.titled("The weight that was found, and on how many splits")
            .text("table", "prior", "column", "lambda");
    for (PromiseSummary summary : all) {
      if (summary.task().promise() != Promise.NONE) {
        builder.row(
            summary.task().table(),
            summary.task().promise().name().toLowerCase(Locale.ROOT),
            summary.task().column(),
            counts(summary));
      }
    }
    return builder.build();
  }

  private static String counts(PromiseSummary summary) {
    return summary.results().stream()
        .collect(Collectors.groupingBy(Result::lambda, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> "%s: %s".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return Numbers.significant(value, 3);
  }
}
