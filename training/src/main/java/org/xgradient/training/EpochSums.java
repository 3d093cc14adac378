package org.xgradient.training;

import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.training.step.StepLosses;

/**
 * The losses of the steps of an epoch so far, each times its number of examples.
 *
 * @param examples the number of examples
 * @param loss the sum of the task losses
 * @param penalties the sums of the penalties
 * @param seconds the time that the steps took
 */
record EpochSums(long examples, double loss, ImmutableDoubleArray penalties, double seconds) {

  static EpochSums zero(int priors) {
    return new EpochSums(0, 0, ImmutableDoubleArray.copyOf(new double[priors]), 0);
  }

  EpochSums plus(int size, StepLosses losses, double time) {
    ImmutableDoubleArray.Builder sums = ImmutableDoubleArray.builder(penalties.length());
    for (int i = 0; i < penalties.length(); i++) {
      sums.add(penalties.get(i) + size * losses.penalties().get(i));
    }
    return new EpochSums(
        examples + size, loss + size * losses.loss(), sums.build(), seconds + time);
  }

  double meanLoss() {
    return loss / (double) examples;
  }

  ImmutableDoubleArray meanPenalties() {
    return ImmutableDoubleArray.copyOf(penalties.stream().map(sum -> sum / (double) examples));
  }
}
