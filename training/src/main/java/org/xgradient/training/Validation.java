package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalInt;
import org.xgradient.data.Task;
import org.xgradient.metrics.Accuracy;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.metrics.RSquared;
import org.xgradient.metrics.RocAuc;

/**
 * How the best epoch is found.
 *
 * @param metric what is computed of the validation data each epoch; the first of the best epochs
 *     wins
 * @param time which weights of an epoch it judges, and so which are kept as the best
 * @param patience after how many epochs in a row without a new best the training stops; empty to
 *     train all epochs
 */
public record Validation(ModelMetric metric, Time time, OptionalInt patience) {

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
   * The usual metric of a task (ROC-AUC, accuracy or R²) after the updates of each epoch, without
   * early stopping.
   *
   * @param task the task
   * @return the validation
   */
  public static Validation of(Task task) {
    ModelMetric metric =
        switch (task) {
          case BINARY -> new RocAuc();
          case MULTICLASS -> new Accuracy();
          case REGRESSION -> new RSquared();
        };
    return new Validation(metric, Time.AFTER_UPDATES, OptionalInt.empty());
  }

  /**
   * The same with another metric.
   *
   * @param metric the metric
   * @return the validation
   */
  public Validation withMetric(ModelMetric metric) {
    return new Validation(metric, time, patience);
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
