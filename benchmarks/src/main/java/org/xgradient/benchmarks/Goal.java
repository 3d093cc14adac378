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
          new Goal("W1.xgrad", "W1.gradient", 1.12),
          new Goal("W1.ig128", "128xW1.gradient", 0.55),
          new Goal("W2.xgrad.b1", "W2.gradient.b1", 1.15),
          new Goal("W2.xgrad.b16", "W2.gradient.b16", 1.15),
          new Goal("W2.ig128.b1", "W2.xgrad.b1", 60),
          new Goal("W3.xgrad", "W3.gradient", 1.15),
          new Goal("VGG16.xgrad", "VGG16.gradient", 1.15),
          new Goal("W4.xg", "W4.unreg", 1.7),
          new Goal("W5.metrics", "W5.forward96", 1.25));

  /** {@return the goal for a ratio, if there is one} */
  static Optional<Goal> of(String numerator, String denominator) {
    return ALL.stream()
        .filter(goal -> goal.numerator.equals(numerator) && goal.denominator.equals(denominator))
        .findFirst();
  }
}
