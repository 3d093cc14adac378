package org.xgradient.cli.train;

import java.util.Optional;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.UnfitOptions;
import org.xgradient.data.Provenance;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.UsualTraining;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.LearningRateSchedule;
import org.xgradient.training.optimizer.Optimizer;
import org.xgradient.training.optimizer.Sgd;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of the steps that a training takes. */
@HelpGroup("Training")
final class OptimizerOptions {

  /** The names of optimizers on the command line. */
  enum Kind {
    /** Adam. */
    ADAM,
    /** Stochastic gradient descent with momentum. */
    SGD
  }

  @Option(
      names = "--optimizer",
      defaultValue = "adam",
      paramLabel = "NAME",
      description = "adam or sgd (default: ${DEFAULT-VALUE}).")
  private Kind optimizer;

  @Option(
      names = "--learning-rate",
      defaultValue = "" + UsualTraining.LEARNING_RATE,
      description = "Learning rate at the start (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "Learning rate of later steps: constant, step (times --step-factor every --step-epochs) or"
              + " cosine (down to 0 at the end) (default: constant; cosine with a prior on a table"
              + " that makes attributions few or small).")
  private Optional<ScheduleOption> schedule = Optional.empty();

  @Option(
      names = "--step-epochs",
      defaultValue = "30",
      paramLabel = "EPOCHS",
      description = "Epochs from one step of the schedule to the next (default: ${DEFAULT-VALUE}).")
  private int stepEpochs;

  @Option(
      names = "--step-factor",
      defaultValue = "0.1",
      paramLabel = "F",
      description =
          "What the learning rate is multiplied by at a step (default: ${DEFAULT-VALUE}).")
  private double stepFactor;

  @Option(
      names = "--momentum",
      defaultValue = "0.9",
      paramLabel = "M",
      description = "Momentum of sgd (default: ${DEFAULT-VALUE}).")
  private double momentum;

  @Option(
      names = "--weight-decay",
      paramLabel = "W",
      description =
          "What times each parameter is added to its gradient (default: 0; "
              + UsualTraining.WEIGHT_DECAY
              + " with a prior on a table that makes attributions few or small).")
  private Optional<Double> weightDecay = Optional.empty();

  @SuppressWarnings("NullAway.Init")
  OptimizerOptions() {}

  /**
   * Refuses what the optimizer and the schedule have no use for.
   *
   * @throws IllegalArgumentException if such an option is given
   */
  void refuseIdle(CommandSpec command) {
    if (optimizer != Kind.SGD) {
      UnfitOptions.of(command, "--optimizer adam").and("--momentum").refuse();
    }
    if (!schedule.equals(Optional.of(ScheduleOption.STEP))) {
      UnfitOptions.of(command, "no --schedule step").and("--step-epochs", "--step-factor").refuse();
    }
  }

  /**
   * The optimizer.
   *
   * @param usual what holds where the user doesn't say
   * @throws IllegalArgumentException if a value is out of its range
   */
  Optimizer optimizer(UsualTraining usual) {
    double decay = decay(usual);
    return switch (optimizer) {
      case ADAM -> Adam.withDefaults().withWeightDecay(decay);
      case SGD -> Sgd.withDefaults().withMomentum(momentum).withWeightDecay(decay);
    };
  }

  /**
   * The learning rates.
   *
   * @param usual what holds where the user doesn't say
   * @throws IllegalArgumentException if a value is out of its range
   */
  LearningRateSchedule learningRates(UsualTraining usual) {
    return schedule(usual).schedule(learningRate, stepFactor, stepEpochs);
  }

  private ScheduleOption schedule(UsualTraining usual) {
    return schedule.orElse(usual.decays() ? ScheduleOption.COSINE : ScheduleOption.CONSTANT);
  }

  private double decay(UsualTraining usual) {
    return weightDecay.orElse(usual.weightDecay());
  }

  /** With the number of epochs where the learning rates depend on it. */
  Provenance describe(Provenance provenance, UsualTraining usual, int epochs) {
    Provenance common =
        provenance
            .with("optimizer", optimizer)
            .with("learning rate", learningRate)
            .with("weight decay", decay(usual))
            .with("schedule", schedule(usual));
    Provenance rates =
        switch (schedule(usual)) {
          case CONSTANT -> common;
          case STEP ->
              common.with("step", "times %s every %d epochs".formatted(stepFactor, stepEpochs));
          case COSINE -> common.with("cosine", "over " + Numbers.count(epochs, "epoch"));
        };
    return optimizer == Kind.SGD ? rates.with("momentum", momentum) : rates;
  }
}
