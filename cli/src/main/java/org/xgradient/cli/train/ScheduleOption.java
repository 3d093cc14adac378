package org.xgradient.cli.train;

import org.xgradient.training.optimizer.LearningRateSchedule;

/** The names of learning rate schedules on the command line. */
enum ScheduleOption {
  /** The same rate always. */
  CONSTANT,
  /** A tenth, or another factor, every few epochs. */
  STEP,
  /** Half a cosine down to 0. */
  COSINE;

  /**
   * The schedule.
   *
   * @param rate the first rate
   * @param factor what the rate is multiplied by at a step
   * @param epochs after how many epochs each
   * @throws IllegalArgumentException if a value is out of its range
   */
  LearningRateSchedule schedule(double rate, double factor, int epochs) {
    return switch (this) {
      case CONSTANT -> LearningRateSchedule.constant(rate);
      case STEP -> LearningRateSchedule.steps(rate, factor, epochs);
      case COSINE -> LearningRateSchedule.cosine(rate, 0);
    };
  }
}
