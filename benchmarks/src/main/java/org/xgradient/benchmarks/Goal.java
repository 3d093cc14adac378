package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * A ratio that must not be exceeded.
 *
 * @param numerator the work in question
 * @param denominator what it is compared with
 * @param limit the largest ratio
 */
record Goal(String numerator, String denominator, double limit) {

  static final ImmutableList<Goal> ALL =
      ImmutableList.of(
          new Goal("W1.xgrad", "W1.gradient", 1.15), new Goal("W1.ig128", "128xW1.gradient", 0.55));

  /** {@return the goal for a ratio, if there is one} */
  static Optional<Goal> of(String numerator, String denominator) {
    return ALL.stream()
        .filter(goal -> goal.numerator.equals(numerator) && goal.denominator.equals(denominator))
        .findFirst();
  }
}
