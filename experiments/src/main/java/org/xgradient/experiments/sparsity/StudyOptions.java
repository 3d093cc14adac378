package org.xgradient.experiments.sparsity;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;

/**
 * How a {@link SparsityStudy} trains.
 *
 * @param hidden the widths of the hidden layers
 * @param epochs the number of epochs, each one step on all training rows
 * @param learningRate the learning rate of Adam
 * @param attributionRows the number of test rows on which sparsity is judged
 * @param seed what the initial weights and all that is drawn come from, with the repetition
 * @param workers the number of trainings at a time; each computes with one thread, so that the
 *     results do not depend on it
 */
public record StudyOptions(
    ImmutableIntArray hidden,
    int epochs,
    double learningRate,
    int attributionRows,
    long seed,
    int workers) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number is less than 1, or the learning rate not positive
   */
  public StudyOptions {
    checkArgument(epochs >= 1, "the number of epochs must be at least 1, found %s", epochs);
    checkArgument(
        attributionRows >= 1, "the number of rows must be at least 1, found %s", attributionRows);
    checkArgument(workers >= 1, "the number of workers must be at least 1, found %s", workers);
    checkArgument(learningRate > 0, "the learning rate must be positive, found %s", learningRate);
  }

  /** {@return the protocol of FAA, App. B.3, with a worker for each processor} */
  public static StudyOptions withDefaults() {
    return new StudyOptions(
        ImmutableIntArray.of(512, 128, 32),
        100,
        1e-3,
        256,
        0,
        Runtime.getRuntime().availableProcessors());
  }

  /**
   * The same with another number of epochs.
   *
   * @param epochs the number, at least 1
   * @return the options
   */
  public StudyOptions withEpochs(int epochs) {
    return new StudyOptions(hidden, epochs, learningRate, attributionRows, seed, workers);
  }

  /**
   * The same with other hidden layers.
   *
   * @param widths the widths
   * @return the options
   */
  public StudyOptions withHidden(int... widths) {
    return new StudyOptions(
        ImmutableIntArray.copyOf(widths), epochs, learningRate, attributionRows, seed, workers);
  }

  /**
   * The same with another seed.
   *
   * @param seed the seed
   * @return the options
   */
  public StudyOptions withSeed(long seed) {
    return new StudyOptions(hidden, epochs, learningRate, attributionRows, seed, workers);
  }

  /**
   * The same with another number of workers.
   *
   * @param workers the number, at least 1
   * @return the options
   */
  public StudyOptions withWorkers(int workers) {
    return new StudyOptions(hidden, epochs, learningRate, attributionRows, seed, workers);
  }
}
