package org.xgradient.cli.train;

import java.util.Optional;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.Validation;
import org.xgradient.training.optimizer.Optimizer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of how long and in which steps a training goes on. */
final class FittingOptions {

  @Option(
      names = "--epochs",
      defaultValue = "100",
      description = "Passes over the training rows or images (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Rows or images of a step (default: 256 rows or 32 images, or all if they are fewer).")
  private Optional<Integer> batchSize = Optional.empty();

  @Mixin private OptimizerOptions optimizer;

  @Option(
      names = "--patience",
      defaultValue = "20",
      paramLabel = "EPOCHS",
      description = "Stop after so many epochs without a better one (default: ${DEFAULT-VALUE}).")
  private int patience;

  @Option(
      names = "--checkpoint-every",
      defaultValue = "10",
      paramLabel = "EPOCHS",
      description =
          "Save the state of the training after so many epochs each, and on Ctrl-C (default:"
              + " ${DEFAULT-VALUE}).")
  private int checkpointEvery;

  @SuppressWarnings("NullAway.Init")
  FittingOptions() {}

  Optimizer optimizer() {
    return optimizer.optimizer();
  }

  int epochs() {
    return epochs;
  }

  int checkpointEvery() {
    return checkpointEvery;
  }

  /** How the best epoch is found. */
  Validation judge(Task task) {
    return Validation.of(task).withPatience(patience);
  }

  /**
   * The options of a training.
   *
   * @param examples the number of training rows or images
   * @param usualBatch how many of them a step takes if the user doesn't say
   */
  TrainingOptions training(Task task, int examples, int usualBatch) {
    return TrainingOptions.withDefaults()
        .withEpochs(epochs)
        .withBatchSize(Math.min(batchSize.orElse(usualBatch), examples))
        .withSchedule(optimizer.learningRates())
        .withValidation(judge(task));
  }

  /**
   * Without the number of epochs, which may grow when a training goes on, unless the learning rates
   * depend on it.
   */
  Provenance describe(Provenance provenance, int usualBatch) {
    return optimizer.describe(
        provenance.with("batch size", batchSize.orElse(usualBatch)).with("patience", patience),
        epochs);
  }
}
