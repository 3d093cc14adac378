package org.xgradient.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Prior;
import picocli.CommandLine.Option;

/** Options of what a training makes small. */
final class ObjectiveOptions {

  @Option(
      names = "--prior",
      defaultValue = "none",
      paramLabel = "PRIOR",
      description = PriorOption.NAMES + " (default: ${DEFAULT-VALUE}).")
  private PriorOption prior;

  @Option(
      names = "--mask",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns that the model should not rely on, for --prior mask.")
  private List<String> masked = new ArrayList<>();

  @Option(
      names = "--method",
      defaultValue = "xg",
      paramLabel = "METHOD",
      description =
          "What computes the attributions of the prior: xg (for networks without biases), ig, eg,"
              + " grad, ixg or rrr (default: ${DEFAULT-VALUE}).")
  private MethodOption method;

  @Option(
      names = "--lambda",
      defaultValue = "1",
      description = "Weight of the prior (default: ${DEFAULT-VALUE}).")
  private double lambda;

  @Option(
      names = "--references",
      defaultValue = "1",
      paramLabel = "K",
      description =
          "References per row or image in Expected Gradients, drawn from the batch (default:"
              + " ${DEFAULT-VALUE}).")
  private int references;

  @Option(
      names = "--steps",
      defaultValue = "16",
      description = "Steps of Integrated Gradients in the prior (default: ${DEFAULT-VALUE}).")
  private int steps;

  @SuppressWarnings("NullAway.Init")
  ObjectiveOptions() {}

  /**
   * The objective.
   *
   * @throws IllegalArgumentException if the options don't go together
   */
  Objective objective(Task task, ColumnGroups groups) {
    PriorOption.checkMask(prior, masked);
    return objective(task, () -> prior.prior(groups, masked));
  }

  /**
   * The objective for images.
   *
   * @throws IllegalArgumentException if the options don't go together
   */
  Objective ofImages() {
    PriorOption.checkMask(prior, masked);
    return objective(Task.MULTICLASS, prior::ofImages);
  }

  private Objective objective(Task task, Supplier<Prior> chosen) {
    if (prior == PriorOption.NONE) {
      return Objective.of(Loss.of(task));
    }
    AttributionMethod attribution =
        method.method(steps, references, Optional.of(ReferenceDistribution.batch()));
    return Objective.of(Loss.of(task), AttributionPrior.of(attribution, chosen.get(), lambda));
  }

  Provenance describe(Provenance provenance) {
    return provenance
        .with("prior", prior)
        .with("masked columns", masked)
        .with("method", method)
        .with("references", references)
        .with("steps", steps)
        .with("lambda", lambda);
  }
}
