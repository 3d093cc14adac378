package org.xgradient.training.step;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * What a step had made small before it did.
 *
 * @param loss the mean task loss
 * @param penalties the penalty of each prior, without its weight
 */
public record StepLosses(double loss, ImmutableDoubleArray penalties) {

  public boolean areFinite() {
    return Double.isFinite(loss) && penalties.stream().allMatch(Double::isFinite);
  }
}
