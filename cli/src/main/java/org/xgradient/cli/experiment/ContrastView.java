package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.image.ContrastExperiment;
import org.xgradient.experiments.image.ContrastExperiment.Changes;
import org.xgradient.experiments.image.ContrastExperiment.Configuration;
import org.xgradient.experiments.image.ContrastExperiment.Result;
import org.xgradient.experiments.image.ImageTask;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** Shows {@link ContrastExperiment}. */
final class ContrastView extends ImageView<Configuration, Result> {

  private final ContrastExperiment experiment = new ContrastExperiment();

  @Override
  public ContrastExperiment experiment() {
    return experiment;
  }

  @Override
  String what() {
    return "The prepared images are multiplied by a factor. A network without biases multiplies its"
        + " logits by the same factor, so that its decisions stay; others see something new.";
  }

  @Override
  public ImmutableMap<String, Chart> charts(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    List<Double> contrasts = results.configuration().contrasts();
    List<Series> series = new ArrayList<>();
    for (String network : experiment.networks(results)) {
      double[] means = new double[contrasts.size()];
      double[] low = new double[contrasts.size()];
      double[] high = new double[contrasts.size()];
      for (int i = 0; i < means.length; i++) {
        double[] values = experiment.accuracies(results, network, i);
        ConfidenceInterval interval = Bootstrap.withDefaults().ofMean(values);
        means[i] = ImageView.mean(values);
        low[i] = Math.min(interval.lower(), means[i]);
        high[i] = Math.max(interval.upper(), means[i]);
      }
      double[] places = contrasts.stream().mapToDouble(contrast -> contrast).toArray();
      series.add(Series.of(network, places, means).withBand(low, high));
    }
    double[] places = new double[10];
    double[] alexNet = new double[10];
    for (int i = 0; i < places.length; i++) {
      places[i] = (10 - i) / 10.0;
      alexNet[i] = ContrastExperiment.publishedAlexNet().get(i).value();
    }
    series.add(Series.of("AlexNet on ImageNet (paper)", places, alexNet).withDashes());
    LineChart chart =
        LineChart.of(
                "Accuracy against contrast",
                Axis.linear("contrast"),
                Axis.linear("accuracy").including(0, 1),
                series)
            .withReference(
                "X-AlexNet on ImageNet (paper)", ContrastExperiment.publishedXAlexNet().value());
    return ImmutableMap.of("contrast", chart);
  }

  @Override
  String caption() {
    return "The band is the 95 % interval over the images. The paper's networks and images are"
        + " others: the shape is to be compared, not the height.";
  }

  @Override
  public ImmutableList<ReportTable> tables(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    return ImmutableList.of(curves(results), changes(results));
  }

  private ReportTable curves(ExperimentResults<Configuration, ImageTask, Result> results) {
    ImmutableList<String> networks = experiment.networks(results);
    var table = ReportTable.titled("Accuracy").number("contrast");
    networks.forEach(table::number);
    table.number("AlexNet (paper)", "X-AlexNet (paper)");
    List<Double> contrasts = results.configuration().contrasts();
    for (int i = 0; i < contrasts.size(); i++) {
      double contrast = contrasts.get(i);
      List<String> row = new ArrayList<>(List.of(Double.toString(contrast)));
      for (String network : networks) {
        row.add(Numbers.fixed(ImageView.mean(experiment.accuracies(results, network, i)), 4));
      }
      row.add(published(contrast));
      row.add(Numbers.fixed(ContrastExperiment.publishedXAlexNet().value(), 4));
      table.row(row);
    }
    return table.build();
  }

  private static String published(double contrast) {
    return ContrastExperiment.publishedAlexNet().stream()
        .filter(published -> published.name().endsWith(" " + contrast))
        .findFirst()
        .map(published -> Numbers.fixed(published.value(), 4))
        .orElse("");
  }

  private ReportTable changes(ExperimentResults<Configuration, ImageTask, Result> results) {
    var table =
        ReportTable.titled("Images whose best logit changes at some contrast")
            .text("network")
            .number("images with a clear decision", "of them changed", "others", "of them changed");
    for (String network : experiment.networks(results)) {
      Changes changes = experiment.changes(results, network);
      table.row(
          network,
          Numbers.count(changes.clear()),
          Numbers.count(changes.clearChanged()),
          Numbers.count(changes.close()),
          Numbers.count(changes.closeChanged()));
    }
    return table
        .footnote(
            "Clear: at full contrast the two best logits differ by more than 1e-5 of the larger of"
                + " their sizes; below, rounding may decide.")
        .build();
  }
}
