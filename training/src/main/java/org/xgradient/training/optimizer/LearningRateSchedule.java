package org.xgradient.training.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

/** The learning rate of each step; an interface where users plug in their own. */
@FunctionalInterface
public interface LearningRateSchedule {

  /**
   * Where a training is.
   *
   * @param step the number of the step, from 0
   * @param steps the number of steps in all
   * @param stepsPerEpoch the number of steps of an epoch
   */
  record Position(long step, long steps, int stepsPerEpoch) {
    /** {@return the number of the epoch, from 0} */
    public long epoch() {
      return step / stepsPerEpoch;
    }
  }

  /**
   * The learning rate of a step.
   *
   * @param position which step
   * @return the rate, at least 0 and finite
   */
  double rate(Position position);

  /**
   * The same rate always.
   *
   * @param rate the rate, at least 0 and finite
   * @return the schedule
   * @throws IllegalArgumentException if the rate is out of its range
   */
  static LearningRateSchedule constant(double rate) {
    checkRate(rate);
    return position -> rate;
  }

  /**
   * A rate that is multiplied by a factor every few epochs: {@code η f^(⌊ e / n ⌋)} in epoch {@code
   * e}.
   *
   * @param rate the first rate {@code η}, at least 0 and finite
   * @param factor the factor {@code f}, in {@code (0, 1]}
   * @param epochs the number {@code n} of epochs, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if a value is out of its range
   */
  static LearningRateSchedule steps(double rate, double factor, int epochs) {
    checkRate(rate);
    checkArgument(factor > 0 && factor <= 1, "the factor must be in (0, 1], found %s", factor);
    checkArgument(epochs >= 1, "the number of epochs must be at least 1, found %s", epochs);
    return position -> rate * Math.pow(factor, (double) Math.floorDiv(position.epoch(), epochs));
  }

  /**
   * Half a cosine from a rate down to another: {@code η_1 + ½ (η_0 - η_1)(1 + cos(π t / T))} in
   * step {@code t} of {@code T} (Loshchilov and Hutter 2017, Eq. 5, without restarts).
   *
   * @param rate the first rate {@code η_0}, at least 0 and finite
   * @param last the rate {@code η_1} that is approached at the end, at least 0 and finite
   * @return the schedule
   * @throws IllegalArgumentException if a rate is out of its range
   */
  static LearningRateSchedule cosine(double rate, double last) {
    checkRate(rate);
    checkRate(last);
    return position ->
        last
            + 0.5
                * (rate - last)
                * (1 + Math.cos(Math.PI * (double) position.step() / (double) position.steps()));
  }

  /**
   * This schedule, its first rates scaled down: by {@code (t + 1) / n} in step {@code t}, while
   * that is less than 1.
   *
   * @param steps the number {@code n} of steps of the warm-up, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if {@code steps} is less than 1
   */
  default LearningRateSchedule withWarmUp(long steps) {
    checkArgument(steps >= 1, "the warm-up must have at least 1 step, found %s", steps);
    return position ->
        rate(position) * Math.min(1, (double) (position.step() + 1) / (double) steps);
  }

  private static void checkRate(double rate) {
    checkArgument(
        rate >= 0 && Double.isFinite(rate),
        "the learning rate must be at least 0 and finite, found %s",
        rate);
  }
}
