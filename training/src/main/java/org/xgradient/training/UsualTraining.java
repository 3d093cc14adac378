package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalInt;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.LearningRateSchedule;
import org.xgradient.training.optimizer.Optimizer;

/**
 * How a network is trained on a table if the user doesn't say: it scales with the number of rows,
 * and depends on what the priors ask for.
 *
 * <p>An epoch has about 32 steps, of 16 to 256 rows. Few rows get more epochs, so that a network
 * takes some thousand steps before it is at the end. A prior that makes attributions few or small
 * is given all epochs, a learning rate that falls to 0, and weight decay: the attributions of
 * features that do not matter shrink by these, where a constant rate leaves them at its noise.
 *
 * @param batchSize the number of rows of a step, at least 1
 * @param epochs the number of epochs at most, at least 1
 * @param patience after how many epochs without a better one to stop; empty for never
 * @param weightDecay what times each parameter is added to its gradient, at least 0
 * @param decays whether the learning rate falls to 0 over the epochs, as half a cosine
 */
public record UsualTraining(
    int batchSize, int epochs, OptionalInt patience, double weightDecay, boolean decays) {

  /** The learning rate at the start. */
  public static final double LEARNING_RATE = 1e-3;

  /** The weight decay where a prior makes attributions few or small. */
  public static final double WEIGHT_DECAY = 0.03;

  private static final int STEPS_OF_EPOCH = 32;
  private static final int SMALLEST_BATCH = 16;
  private static final int LARGEST_BATCH = 256;

  /**
   * The usual training of a table.
   *
   * @param objective what it makes small
   * @param rows the number of training rows, at least 1
   * @return how to train
   * @throws IllegalArgumentException if there is no row
   */
  public static UsualTraining of(Objective objective, int rows) {
    checkArgument(rows >= 1, "there must be at least one training row, found %s", rows);
    int batch = SMALLEST_BATCH;
    while (batch < LARGEST_BATCH && batch * STEPS_OF_EPOCH < rows) {
      batch *= 2;
    }
    batch = Math.min(batch, rows);
    int steps = (rows + batch - 1) / batch;
    if (objective.priors().isEmpty() || objective.masked().isPresent()) {
      int epochs = Math.max(100, Math.min(1000, 4000 / steps));
      return new UsualTraining(batch, epochs, OptionalInt.of(Math.max(20, epochs / 10)), 0, false);
    }
    return new UsualTraining(
        batch, Math.max(100, Math.min(200, 2000 / steps)), OptionalInt.empty(), WEIGHT_DECAY, true);
  }

  /** {@return the usual training on images: batches of 32, 100 epochs, a patience of 20} */
  public static UsualTraining ofImages() {
    return new UsualTraining(32, 100, OptionalInt.of(20), 0, false);
  }

  /**
   * {@return the usual training on texts: batches of 50, 30 epochs, a learning rate that falls to
   * 0}
   */
  public static UsualTraining ofTexts() {
    return new UsualTraining(50, 30, OptionalInt.empty(), 0, true);
  }

  /** {@return the options of a trainer: the best epoch is that of the objective} */
  public TrainingOptions options() {
    Validation validation = Validation.byObjective();
    return TrainingOptions.withDefaults()
        .withEpochs(epochs)
        .withBatchSize(batchSize)
        .withSchedule(
            decays
                ? LearningRateSchedule.cosine(LEARNING_RATE, 0)
                : LearningRateSchedule.constant(LEARNING_RATE))
        .withValidation(
            patience.isPresent() ? validation.withPatience(patience.getAsInt()) : validation);
  }

  /** {@return the optimizer of a trainer} */
  public Optimizer optimizer() {
    return Adam.withDefaults().withWeightDecay(weightDecay);
  }
}
