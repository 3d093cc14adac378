package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.xgradient.attribution.memory.MemoryBudget;
import org.xgradient.data.image.Augmentation;
import org.xgradient.training.optimizer.LearningRateSchedule;

/**
 * How a {@link Trainer} trains.
 *
 * @param epochs the number of passes over the training data, at least 1
 * @param batchSize the number of examples of a step, drawn in a new order each epoch; empty for all
 *     of them, in their order
 * @param schedule the learning rates
 * @param seed the root of everything that is drawn: orders, dropout masks, references, signs
 * @param validation how the best epoch is found; empty for the value of the objective
 * @param augmentation how training images are changed in each step; empty to leave them
 * @param memoryBudget the bytes that the values of one run may take
 * @param checkpoints when the state is saved; empty for never
 * @param listener told of each step and epoch
 */
public record TrainingOptions(
    int epochs,
    OptionalInt batchSize,
    LearningRateSchedule schedule,
    long seed,
    Optional<Validation> validation,
    Optional<Augmentation> augmentation,
    long memoryBudget,
    Optional<Checkpointing> checkpoints,
    TrainingListener listener) {

  private static final long DEFAULT_MEMORY_BUDGET = 2L << 30;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TrainingOptions {
    checkArgument(epochs >= 1, "the number of epochs must be at least 1, found %s", epochs);
    checkArgument(
        batchSize.isEmpty() || batchSize.getAsInt() >= 1,
        "the batch size must be at least 1, found %s",
        batchSize.orElse(0));
    checkArgument(
        memoryBudget >= 1, "the memory budget must be at least 1 byte, found %s", memoryBudget);
  }

  /**
   * {@return 100 epochs, all examples in each step, a learning rate of 0.001, seed 0, the usual
   * validation, a budget of 2 GB, or an eighth of the machine's memory if that is less}
   */
  public static TrainingOptions withDefaults() {
    return new TrainingOptions(
        100,
        OptionalInt.empty(),
        LearningRateSchedule.constant(1e-3),
        0,
        Optional.empty(),
        Optional.empty(),
        MemoryBudget.ofThisMachine(DEFAULT_MEMORY_BUDGET),
        Optional.empty(),
        TrainingListener.NONE);
  }

  /**
   * The same with another number of epochs.
   *
   * @param epochs the number of epochs, at least 1
   * @return the options
   */
  public TrainingOptions withEpochs(int epochs) {
    return with(copy -> copy.epochs = epochs);
  }

  /**
   * The same with batches.
   *
   * @param examples the number of examples of a step, at least 1; the last of an epoch may have
   *     fewer
   * @return the options
   */
  public TrainingOptions withBatchSize(int examples) {
    return with(copy -> copy.batchSize = OptionalInt.of(examples));
  }

  /**
   * The same with other learning rates.
   *
   * @param schedule the learning rates
   * @return the options
   */
  public TrainingOptions withSchedule(LearningRateSchedule schedule) {
    return with(copy -> copy.schedule = schedule);
  }

  /**
   * The same with another seed.
   *
   * @param seed the root seed
   * @return the options
   */
  public TrainingOptions withSeed(long seed) {
    return with(copy -> copy.seed = seed);
  }

  /**
   * The same with another validation.
   *
   * @param validation how the best epoch is found
   * @return the options
   */
  public TrainingOptions withValidation(Validation validation) {
    return with(copy -> copy.validation = Optional.of(validation));
  }

  /**
   * The same with changed training images. What is drawn depends on the seed and the step alone.
   *
   * @param augmentation how images are changed, without changing their shape
   * @return the options
   */
  public TrainingOptions withAugmentation(Augmentation augmentation) {
    return with(copy -> copy.augmentation = Optional.of(augmentation));
  }

  /**
   * The same with another budget. A step that would exceed it is done in several runs; the result
   * is the same but for rounding.
   *
   * @param bytes the bytes that the values of one run may take
   * @return the options
   */
  public TrainingOptions withMemoryBudget(long bytes) {
    return with(copy -> copy.memoryBudget = bytes);
  }

  /**
   * The same with checkpoints.
   *
   * @param file the file, replaced as a whole each time
   * @param everyEpochs after how many epochs each, at least 1
   * @return the options
   */
  public TrainingOptions withCheckpoints(Path file, int everyEpochs) {
    return with(copy -> copy.checkpoints = Optional.of(new Checkpointing(file, everyEpochs)));
  }

  /**
   * The same with another listener.
   *
   * @param listener the listener
   * @return the options
   */
  public TrainingOptions withListener(TrainingListener listener) {
    return with(copy -> copy.listener = listener);
  }

  private TrainingOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** A copy in the making. */
  private static final class Copy {
    private int epochs;
    private OptionalInt batchSize;
    private LearningRateSchedule schedule;
    private long seed;
    private Optional<Validation> validation;
    private Optional<Augmentation> augmentation;
    private long memoryBudget;
    private Optional<Checkpointing> checkpoints;
    private TrainingListener listener;

    Copy(TrainingOptions options) {
      epochs = options.epochs;
      batchSize = options.batchSize;
      schedule = options.schedule;
      seed = options.seed;
      validation = options.validation;
      augmentation = options.augmentation;
      memoryBudget = options.memoryBudget;
      checkpoints = options.checkpoints;
      listener = options.listener;
    }

    TrainingOptions options() {
      return new TrainingOptions(
          epochs,
          batchSize,
          schedule,
          seed,
          validation,
          augmentation,
          memoryBudget,
          checkpoints,
          listener);
    }
  }
}
