package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.data.SampleMean;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Published;
import org.xgradient.experiments.sparsity.SparsityExperiment.Result;
import org.xgradient.experiments.sparsity.SparsityExperiment.Task;
import org.xgradient.experiments.sparsity.StudyConfiguration;
import org.xgradient.experiments.sparsity.StudyFigure;
import org.xgradient.experiments.sparsity.StudyMethod;
import org.xgradient.experiments.sparsity.StudyMethod.Attribution;
import org.xgradient.experiments.sparsity.StudySummary;
import org.xgradient.experiments.sparsity.StudySummary.Method;
import org.xgradient.experiments.sparsity.StudySummary.Weight;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.Category;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.PointChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.text.Estimate;

/** The figures of either half of FAA, Fig. 1. */
final class StudyCharts {

  private static final String AUC = "test ROC-AUC";

  private final StudyPublished published;
  private final StudyConfiguration configuration;
  private final StudySummary summary;

  StudyCharts(StudyFigure figure, ExperimentResults<StudyConfiguration, Task, Result> results) {
    configuration = results.configuration();
    published = StudyPublished.of(figure, configuration);
    summary = StudySummary.of(results);
  }

  /** Methods row by row. */
  PointChart methods() {
    List<Category> rows = new ArrayList<>();
    for (Method method : summary.methods()) {
      rows.add(
          Category.of(
              method.name(),
              Estimate.of(SampleMean.of(method.chosen().testAuc().toArray())),
              published.of(method.name()).map(StudyCharts::estimate).orElse(Estimate.missing())));
    }
    return PointChart.grouped(
        "Test ROC-AUC", Axis.linear(AUC), ImmutableList.of("here", "published"), rows);
  }

  /** Weights of the prior to the right, a curve for each method that has one. */
  LineChart weights() {
    List<Series> series = new ArrayList<>();
    for (Method method : summary.methods()) {
      if (configuration.method(method.name()).isRegularized()) {
        series.add(
            curve(
                method.name(),
                configuration.lambdas().stream().mapToDouble(Double::doubleValue).toArray(),
                method.weights()));
      }
    }
    LineChart chart =
        LineChart.of(
            "The weight of the prior", Axis.logarithmic("weight λ"), Axis.linear(AUC), series);
    for (Method method : summary.methods()) {
      if (!configuration.method(method.name()).isRegularized()) {
        chart = chart.withReference(method.name(), mean(method));
      }
    }
    return chart;
  }

  /** Numbers of references to the right; methods without references as lines across. */
  LineChart references() {
    List<Method> expected = new ArrayList<>();
    List<Method> others = new ArrayList<>();
    for (Method method : summary.methods()) {
      StudyMethod described = configuration.method(method.name());
      (described.attribution() == Attribution.EG ? expected : others).add(method);
    }
    double[] points =
        expected.stream()
            .mapToDouble(method -> configuration.method(method.name()).points())
            .toArray();
    List<Series> series = new ArrayList<>();
    series.add(curve("EG, here", points, expected.stream().map(Method::chosen).toList()));
    publishedCurve(points, expected).ifPresent(series::add);
    LineChart chart =
        LineChart.of(
            "References of Expected Gradients",
            Axis.logarithmic("references").withTicks(points),
            Axis.linear(AUC),
            series);
    for (Method method : others) {
      chart = chart.withReference(method.name() + ", here", mean(method));
      Optional<Published> value = published.of(method.name());
      if (value.isPresent()) {
        chart = chart.withReference(method.name() + ", published", value.get().value());
      }
    }
    return chart;
  }

  private Optional<Series> publishedCurve(double[] points, List<Method> methods) {
    double[] values =
        methods.stream()
            .mapToDouble(
                method -> published.of(method.name()).map(Published::value).orElse(Double.NaN))
            .toArray();
    boolean known = false;
    for (double value : values) {
      known |= !Double.isNaN(value);
    }
    return known
        ? Optional.of(Series.of("EG, published", points, values).withDashes())
        : Optional.empty();
  }

  private static Series curve(String name, double[] x, List<Weight> weights) {
    List<SampleMean> means =
        weights.stream().map(weight -> SampleMean.of(weight.testAuc().toArray())).toList();
    return Series.of(name, x, means.stream().mapToDouble(SampleMean::mean).toArray())
        .withBand(
            means.stream().mapToDouble(mean -> mean.mean() - mean.error()).toArray(),
            means.stream().mapToDouble(mean -> mean.mean() + mean.error()).toArray());
  }

  private static double mean(Method method) {
    return SampleMean.of(method.chosen().testAuc().toArray()).mean();
  }

  private static Estimate estimate(Published value) {
    return value.standardError().isPresent()
        ? Estimate.withError(value.value(), value.standardError().getAsDouble())
        : Estimate.exact(value.value());
  }
}
