package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import java.util.OptionalInt;
import org.xgradient.data.Task;
import org.xgradient.metrics.Direction;
import org.xgradient.metrics.ModelMetric;

/**
 * How the best epoch is found.
 *
 * @param metric what is computed of the validation data each epoch, of which the first of the best
 *     epochs wins; empty for the objective itself, the mean task loss plus the weighted priors
 * @param time which weights of an epoch it judges, and so which are kept as the best
 * @param patience after how many epochs in a row without a new best the training stops; empty to
 *     train all epochs
 */
public record Validation(Optional<ModelMetric> metric, Time time, OptionalInt patience) {

  /** Which weights of an epoch are judged. */
  public enum Time {
    /** Those at the start of the epoch: the protocol of FAA's experiments. */
    BEFORE_UPDATES,
    /** Those at the end of the epoch. */
    AFTER_UPDATES
  }

  /**
   * Checks the patience.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public Validation {
    checkArgument(
        patience.isEmpty() || patience.getAsInt() >= 1,
        "the patience must be at least 1 epoch, found %s",
        patience.orElse(0));
  }

  /**
   * By what is trained: the mean task loss plus the weighted priors, after the updates of each
   * epoch, without early stopping. A choice that does not see the priors works against them.
   *
   * @return the validation
   */
  public static Validation byObjective() {
    return new Validation(Optional.empty(), Time.AFTER_UPDATES, OptionalInt.empty());
  }

  /**
   * By the usual metric of a task, whatever the priors say, after the updates of each epoch,
   * without early stopping: the protocol of FAA's experiments.
   *
   * @param task the task
   * @return the validation
   */
  public static Validation byMetric(Task task) {
    return byObjective().withMetric(ModelMetric.of(task));
  }

  /** {@return which values are better} */
  Direction direction() {
    return metric.map(ModelMetric::direction).orElse(Direction.LOWER_IS_BETTER);
  }

  /**
   * The same with another metric.
   *
   * @param metric the metric
   * @return the validation
   */
  public Validation withMetric(ModelMetric metric) {
    return new Validation(Optional.of(metric), time, patience);
  }

  /**
   * The same for other weights of an epoch.
   *
   * @param time which weights are judged
   * @return the validation
   */
  public Validation withTime(Time time) {
    return new Validation(metric, time, patience);
  }

  /**
   * The same with early stopping.
   *
   * @param epochs after how many epochs in a row without a new best to stop, at least 1
   * @return the validation
   */
  public Validation withPatience(int epochs) {
    return new Validation(metric, time, OptionalInt.of(epochs));
  }
}
