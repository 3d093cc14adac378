package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xgradient.attribution.Quadrature.Rule;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.image.ConvergenceExperiment;
import org.xgradient.experiments.image.ConvergenceExperiment.Configuration;
import org.xgradient.experiments.image.ConvergenceExperiment.Result;
import org.xgradient.experiments.image.ImageTask;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** Shows {@link ConvergenceExperiment}. */
final class ConvergenceView extends ImageView<Configuration, Result> {

  private final ConvergenceExperiment experiment = new ConvergenceExperiment();

  @Override
  public ConvergenceExperiment experiment() {
    return experiment;
  }

  @Override
  String what() {
    return "Integrated Gradients with few steps is compared with many. On a network without biases"
        + " the gradient is the same all along the path, so one step of a rule that does not look at"
        + " the start of the path is exact but for rounding; at the start itself the gradient of"
        + " ReLU is taken as 0.";
  }

  @Override
  String caption() {
    return "Both axes are logarithmic. A value of exactly 0 leaves a gap.";
  }

  @Override
  public ImmutableMap<String, Chart> charts(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    ImmutableMap.Builder<String, Chart> charts = ImmutableMap.builder();
    double[] steps = results.configuration().steps().stream().mapToDouble(n -> n).toArray();
    for (String network : experiment.networks(results)) {
      List<Series> series = new ArrayList<>();
      for (Rule rule : results.configuration().rules()) {
        double[] means = new double[steps.length];
        boolean known = false;
        for (int i = 0; i < steps.length; i++) {
          double mean = mean(experiment.differences(results, network, rule, (int) steps[i]));
          means[i] = mean > 0 ? mean : Double.NaN;
          known |= mean > 0;
        }
        if (known) {
          series.add(Series.of(name(rule), steps, means));
        }
      }
      if (!series.isEmpty()) {
        charts.put(
            "convergence-" + network,
            LineChart.of(
                network,
                Axis.logarithmic("steps").withTicks(steps),
                Axis.logarithmic("mean absolute difference"),
                series));
      }
    }
    return charts.buildOrThrow();
  }

  @Override
  public ImmutableList<ReportTable> tables(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    Configuration configuration = results.configuration();
    var table =
        ReportTable.titled(
                "Mean absolute difference to IG(%d), mean over the images"
                    .formatted(configuration.reference()))
            .text("network", "rule");
    configuration.steps().forEach(steps -> table.number("%d".formatted(steps)));
    for (String network : experiment.networks(results)) {
      for (Rule rule : configuration.rules()) {
        List<String> row = new ArrayList<>(List.of(network, name(rule)));
        for (int steps : configuration.steps()) {
          row.add(
              Numbers.significant(mean(experiment.differences(results, network, rule, steps)), 2));
        }
        table.row(row);
      }
    }
    return ImmutableList.of(
        table
            .footnote(
                "The paper's figure has no printed values; its text says that Integrated"
                    + " Gradients has converged at about 128 steps.")
            .build());
  }

  private static String name(Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
