package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.image.ImageTask;
import org.xgradient.experiments.image.MaskingExperiment;
import org.xgradient.experiments.image.MaskingExperiment.Configuration;
import org.xgradient.experiments.image.MaskingExperiment.Result;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** Shows {@link MaskingExperiment}. */
final class MaskingView extends ImageView<Configuration, Result> {

  private final MaskingExperiment experiment = new MaskingExperiment();

  @Override
  public MaskingExperiment experiment() {
    return experiment;
  }

  @Override
  String what() {
    return "Only some pixels of an image are left, the others are blurred: those that an attribution"
        + " says speak most for the class (KPM, higher is better), most against it (KNM, lower is"
        + " better), matter most (KAM, higher is better), or matter least (RAM, lower is better).";
  }

  @Override
  String caption() {
    return "";
  }

  @Override
  public ImmutableList<ReportTable> tables(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    var table =
        ReportTable.titled(
                "Areas under the masking curves, ± half the 95 % interval over the images")
            .text("network", "method")
            .number("KPM", "KNM", "KAM x 100", "RAM x 100");
    for (String network : experiment.networks(results)) {
      for (String method : experiment.methods(results, network)) {
        List<String> row = new ArrayList<>(List.of(network, name(results, method)));
        for (MaskingMetric metric : MaskingExperiment.METRICS) {
          row.add(
              meanAndInterval(factor(metric), experiment.areas(results, network, method, metric)));
        }
        table.row(row);
      }
    }
    MaskingExperiment.published()
        .forEach(
            (network, methods) ->
                methods.forEach(
                    (method, values) -> {
                      List<String> row =
                          new ArrayList<>(
                              List.of(
                                  network + " on ImageNet (paper)",
                                  method.equals(MaskingExperiment.INTEGRATED)
                                      ? "IG(128)"
                                      : method));
                      values.forEach(value -> row.add(Numbers.fixed(value, 2)));
                      table.row(row);
                    }));
    return ImmutableList.of(
        table
            .footnote(
                "KPM and KNM are of the logit of the class, KAM and RAM of the accuracy. The paper's"
                    + " networks and images are others: the order of the methods is to be compared.")
            .footnote(
                "EG(1): two images at a time share a reference and a point, as in the paper;"
                    + " references are drawn from the first 64 of these images.")
            .build());
  }

  private static String name(
      ExperimentResults<Configuration, ImageTask, Result> results, String method) {
    return method.equals(MaskingExperiment.INTEGRATED)
        ? "IG(%d)".formatted(results.configuration().steps())
        : method;
  }

  private static int factor(MaskingMetric metric) {
    return metric.equals(MaskingMetric.KAM) || metric.equals(MaskingMetric.RAM) ? 100 : 1;
  }
}
