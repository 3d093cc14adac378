package org.xgradient.training.objective;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * The value of an objective on some examples.
 *
 * @param losses the task loss of each example
 * @param penalties the penalty of each prior over all of them, without its weight
 */
public record ExampleLosses(ImmutableDoubleArray losses, ImmutableDoubleArray penalties) {

  /** {@return the mean task loss} */
  public double meanLoss() {
    return losses.stream().average().orElseThrow();
  }

  /**
   * The value of the objective.
   *
   * @param weights the weight of each prior
   * @return the mean task loss plus the weighted penalties
   */
  public double objective(ImmutableDoubleArray weights) {
    double sum = meanLoss();
    for (int i = 0; i < penalties.length(); i++) {
      sum += weights.get(i) * penalties.get(i);
    }
    return sum;
  }
}
