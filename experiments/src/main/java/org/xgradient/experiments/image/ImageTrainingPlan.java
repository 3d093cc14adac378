package org.xgradient.experiments.image;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.training.TrainingOptions;
import org.xgradient.training.optimizer.LearningRateSchedule;

/**
 * How the small networks of the image experiments are trained, with Adam.
 *
 * @param epochs the number of passes over the training images, at least 1
 * @param batchSize the number of images of a step, at least 1
 * @param learningRate the learning rate, positive
 */
public record ImageTrainingPlan(int epochs, int batchSize, double learningRate) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public ImageTrainingPlan {
    checkArgument(epochs >= 1, "the number of epochs must be at least 1, found %s", epochs);
    checkArgument(batchSize >= 1, "the batch size must be at least 1, found %s", batchSize);
    checkArgument(learningRate > 0, "the learning rate must be positive, found %s", learningRate);
  }

  /** {@return 10 epochs of batches of 32, a learning rate of 0.001} */
  public static ImageTrainingPlan withDefaults() {
    return new ImageTrainingPlan(10, 32, 1e-3);
  }

  /**
   * The same with another number of epochs.
   *
   * @param count the number, at least 1
   * @return the training
   */
  public ImageTrainingPlan withEpochs(int count) {
    return new ImageTrainingPlan(count, batchSize, learningRate);
  }

  public TrainingOptions options(long seed) {
    return TrainingOptions.withDefaults()
        .withEpochs(epochs)
        .withBatchSize(batchSize)
        .withSchedule(LearningRateSchedule.constant(learningRate))
        .withSeed(seed);
  }
}
