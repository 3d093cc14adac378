package org.xgradient.training;

/** Told of the progress of a training, on the thread that trains. */
public interface TrainingListener {

  /** Ignores everything. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * Called after each update of the parameters.
   *
   * @param step the step
   */
  default void stepFinished(StepRecord step) {}

  /**
   * Called after each epoch.
   *
   * @param epoch the epoch
   */
  default void epochFinished(EpochRecord epoch) {}
}
