package org.xgradient.cli.train;

import java.util.Optional;
import java.util.OptionalInt;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.UnfitOptions;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.UsualTraining;
import org.xgradient.training.Validation;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Optimizer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of how long and in which steps a training goes on. */
@HelpGroup("Training")
final class FittingOptions {

  @Option(
      names = "--epochs",
      description =
          "Passes over the training rows or images, at most (default: 100, and up to 1000 of a table"
              + " of few rows).")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Rows or images of a step (default: 16 to 256 rows, by their number, or 32 images).")
  private Optional<Integer> batchSize = Optional.empty();

  @Mixin private OptimizerOptions optimizer;

  @Option(
      names = "--patience",
      paramLabel = "EPOCHS",
      description =
          "Stop after so many epochs without a better one (default: 20, and up to 100 of a table"
              + " of few rows; never with a prior on a table that makes attributions few or small).")
  private Optional<Integer> patience = Optional.empty();

  @Option(
      names = "--choose-by",
      defaultValue = "objective",
      paramLabel = "WHAT",
      description =
          "What chooses the best epoch on the validation rows or images: objective (the loss plus"
              + " the weighted prior) or metric (ROC-AUC, accuracy or R2, whatever the prior says)"
              + " (default: ${DEFAULT-VALUE}).")
  private Choice choice;

  /** What chooses the best epoch. */
  enum Choice {
    /** What is trained. */
    OBJECTIVE,
    /** The usual metric of the task. */
    METRIC
  }

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

  /**
   * Refuses what such a training has no use for.
   *
   * @param judged whether there are examples that choose the best epoch
   * @throws IllegalArgumentException if such an option is given
   */
  void refuseIdle(CommandSpec command, boolean judged) {
    optimizer.refuseIdle(command);
    if (!judged) {
      UnfitOptions.of(command, "--validation 0").and("--patience", "--choose-by").refuse();
    }
  }

  Optimizer optimizer(UsualTraining usual) {
    return optimizer.optimizer(usual);
  }

  int epochs(UsualTraining usual) {
    return epochs.orElse(usual.epochs());
  }

  int checkpointEvery() {
    return checkpointEvery;
  }

  /**
   * The options of a training.
   *
   * @param usual what holds where the user doesn't say
   * @param examples the number of training rows or images
   */
  TrainingOptions training(Task task, UsualTraining usual, int examples) {
    Validation validation =
        choice == Choice.METRIC ? Validation.byMetric(task) : Validation.byObjective();
    OptionalInt patient = patience(usual);
    return TrainingOptions.withDefaults()
        .withEpochs(epochs(usual))
        .withBatchSize(Math.min(batchSize.orElse(usual.batchSize()), examples))
        .withSchedule(optimizer.learningRates(usual))
        .withValidation(
            patient.isPresent() ? validation.withPatience(patient.getAsInt()) : validation);
  }

  /** {@return what judges the epochs on the validation rows} */
  String judge(Task task, Objective objective) {
    return choice == Choice.METRIC
        ? ModelMetric.of(task).name()
        : objective.priors().isEmpty() ? "loss" : "loss plus weighted prior";
  }

  private OptionalInt patience(UsualTraining usual) {
    return patience.map(OptionalInt::of).orElse(usual.patience());
  }

  /**
   * Without the number of epochs, which may grow when a training goes on, unless the learning rates
   * depend on it.
   */
  Provenance describe(Provenance provenance, UsualTraining usual) {
    OptionalInt patient = patience(usual);
    return optimizer.describe(
        provenance
            .with("batch size", batchSize.orElse(usual.batchSize()))
            .with("patience", patient.isPresent() ? patient.getAsInt() : "none")
            .with("epoch chosen by", choice),
        usual,
        epochs(usual));
  }
}
