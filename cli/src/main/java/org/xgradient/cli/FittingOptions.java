package org.xgradient.cli;

import java.util.Optional;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.training.LearningRateSchedule;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.Validation;
import picocli.CommandLine.Option;

/** Options of how long and in which steps a training goes on. */
final class FittingOptions {

  @Option(
      names = "--epochs",
      defaultValue = "100",
      description = "Passes over the training rows (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "ROWS",
      description = "Rows of a step (default: 256, or all training rows if they are fewer).")
  private Optional<Integer> batchSize = Optional.empty();

  @Option(
      names = "--learning-rate",
      defaultValue = "0.001",
      description = "Learning rate of Adam (default: ${DEFAULT-VALUE}).")
  private double learningRate;

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

  private static final int DEFAULT_BATCH = 256;

  FittingOptions() {}

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
   * @param rows the number of training rows
   */
  TrainingOptions training(Task task, int rows) {
    return TrainingOptions.withDefaults()
        .withEpochs(epochs)
        .withBatchSize(Math.min(batchSize.orElse(DEFAULT_BATCH), rows))
        .withSchedule(LearningRateSchedule.constant(learningRate))
        .withValidation(judge(task));
  }

  /** Without the number of epochs, which may grow when a training goes on. */
  Provenance describe(Provenance provenance) {
    return provenance
        .with("batch size", batchSize.orElse(DEFAULT_BATCH))
        .with("learning rate", learningRate)
        .with("patience", patience);
  }
}
