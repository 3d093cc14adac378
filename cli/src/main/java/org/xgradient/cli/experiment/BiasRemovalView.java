package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Published;
import org.xgradient.experiments.image.BiasRemovalExperiment;
import org.xgradient.experiments.image.BiasRemovalExperiment.Configuration;
import org.xgradient.experiments.image.BiasRemovalExperiment.Result;
import org.xgradient.experiments.image.ImageTarget;
import org.xgradient.experiments.image.ImageTask;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** Shows {@link BiasRemovalExperiment}. */
final class BiasRemovalView extends ImageView<Configuration, Result> {

  private final BiasRemovalExperiment experiment = new BiasRemovalExperiment();

  @Override
  public BiasRemovalExperiment experiment() {
    return experiment;
  }

  @Override
  String what() {
    return "A network and what is left of it without biases (trained so, or cut off) are compared:"
        + " how accurate they are, and how far one gradient times the input is from Integrated"
        + " Gradients.";
  }

  @Override
  String caption() {
    return "";
  }

  @Override
  public ImmutableList<ReportTable> tables(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    var table =
        ReportTable.titled("Accuracy and relative difference, ± half the 95 % interval")
            .text("network")
            .number(
                "top-1 accuracy",
                "top-5 accuracy",
                "relative difference to IG(%d)".formatted(results.configuration().steps()));
    for (String network : experiment.networks(results)) {
      table.row(
          network,
          meanAndInterval(1, experiment.accuracies(results, network, 1)),
          meanAndInterval(1, experiment.accuracies(results, network, 5)),
          meanAndInterval(1, experiment.differences(results, network)));
    }
    ImmutableList<Published> published = BiasRemovalExperiment.published();
    for (int i = 0; i < published.size(); i += 4) {
      for (int variant = 0; variant < 2; variant++) {
        Published accuracy = published.get(i + variant);
        table.row(
            accuracy.name().replace(", top-5 accuracy", "") + " on ImageNet (paper)",
            "",
            Numbers.fixed(accuracy.value(), 4),
            Numbers.fixed(published.get(i + 2 + variant).value(), 3));
      }
    }
    table.footnote(
        "Relative difference: mean |IG - A| over mean |IG| of a batch of %d images, averaged over the batches; A is X-Gradient without biases, else input x gradient."
            .formatted(results.configuration().batchSize()));
    if (isPredicted(results.configuration())) {
      table.footnote(
          "Accuracy: how often the class is the one that the regular network finds, since the photos"
              + " have no reliable labels. Each network's attributions explain what it finds"
              + " itself.");
    }
    return ImmutableList.of(table.build());
  }

  private static boolean isPredicted(Configuration configuration) {
    return !configuration.subjects().models().isEmpty()
        && configuration.subjects().target() == ImageTarget.PREDICTED;
  }
}
