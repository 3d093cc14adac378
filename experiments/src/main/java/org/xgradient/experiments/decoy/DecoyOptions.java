package org.xgradient.experiments.decoy;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.experiments.image.ImageTrainingPlan;

/**
 * How large a {@link DecoyStudy} is.
 *
 * @param trainImages the number of training images, at least 1
 * @param testImages the number of test images of each kind, at least 1
 * @param training how the networks are trained
 * @param seed what images, initial weights and all that is drawn come from, with the repetition
 * @param workers the number of trainings at a time; each computes with one thread, so that the
 *     results do not depend on it
 */
public record DecoyOptions(
    int trainImages, int testImages, ImageTrainingPlan training, long seed, int workers) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number is less than 1
   */
  public DecoyOptions {
    checkArgument(
        trainImages >= 1 && testImages >= 1,
        "the numbers of images must be at least 1, found %s and %s",
        trainImages,
        testImages);
    checkArgument(workers >= 1, "the number of workers must be at least 1, found %s", workers);
  }

  /** {@return 1,500 training and 500 test images, a worker for each processor} */
  public static DecoyOptions withDefaults() {
    return new DecoyOptions(
        1500, 500, ImageTrainingPlan.withDefaults(), 0, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The same with other numbers of images.
   *
   * @param train the number of training images, at least 1
   * @param test the number of test images of each kind, at least 1
   * @return the options
   */
  public DecoyOptions withImages(int train, int test) {
    return new DecoyOptions(train, test, training, seed, workers);
  }

  /**
   * The same with another training.
   *
   * @param otherTraining how the networks are trained
   * @return the options
   */
  public DecoyOptions withTraining(ImageTrainingPlan otherTraining) {
    return new DecoyOptions(trainImages, testImages, otherTraining, seed, workers);
  }

  /**
   * The same with another seed.
   *
   * @param otherSeed the seed
   * @return the options
   */
  public DecoyOptions withSeed(long otherSeed) {
    return new DecoyOptions(trainImages, testImages, training, otherSeed, workers);
  }

  /**
   * The same with another number of workers.
   *
   * @param count the number, at least 1
   * @return the options
   */
  public DecoyOptions withWorkers(int count) {
    return new DecoyOptions(trainImages, testImages, training, seed, count);
  }
}
