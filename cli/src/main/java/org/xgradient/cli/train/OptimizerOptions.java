package org.xgradient.cli.train;

import org.xgradient.data.Provenance;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.LearningRateSchedule;
import org.xgradient.training.optimizer.Optimizer;
import org.xgradient.training.optimizer.Sgd;
import picocli.CommandLine.Option;

/** Options of the steps that a training takes. */
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
      defaultValue = "0.001",
      description = "Learning rate at the start (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--schedule",
      defaultValue = "constant",
      paramLabel = "NAME",
      description =
          "Learning rate of later steps: constant, step (times --step-factor every --step-epochs) or"
              + " cosine (down to 0 at the end) (default: ${DEFAULT-VALUE}).")
  private ScheduleOption schedule;

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
      defaultValue = "0",
      paramLabel = "W",
      description =
          "What times each parameter is added to its gradient (default: ${DEFAULT-VALUE}).")
  private double weightDecay;

  @SuppressWarnings("NullAway.Init")
  OptimizerOptions() {}

  /**
   * {@return the optimizer}
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  Optimizer optimizer() {
    return switch (optimizer) {
      case ADAM -> Adam.withDefaults().withWeightDecay(weightDecay);
      case SGD -> Sgd.withDefaults().withMomentum(momentum).withWeightDecay(weightDecay);
    };
  }

  /**
   * {@return the learning rates}
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  LearningRateSchedule learningRates() {
    return schedule.schedule(learningRate, stepFactor, stepEpochs);
  }

  /** With the number of epochs where the learning rates depend on it. */
  Provenance describe(Provenance provenance, int epochs) {
    Provenance common =
        provenance
            .with("optimizer", optimizer)
            .with("learning rate", learningRate)
            .with("weight decay", weightDecay)
            .with("schedule", schedule);
    Provenance rates =
        switch (schedule) {
          case CONSTANT -> common;
          case STEP ->
              common.with("step", "times %s every %d epochs".formatted(stepFactor, stepEpochs));
          case COSINE -> common.with("cosine", "over %d epochs".formatted(epochs));
        };
    return optimizer == Kind.SGD ? rates.with("momentum", momentum) : rates;
  }
}
