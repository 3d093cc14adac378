package org.xgradient.training;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * What a step had made small before it did.
 *
 * @param loss the mean task loss
 * @param penalties the penalty of each prior, without its weight
 */
record StepLosses(double loss, ImmutableDoubleArray penalties) {

  boolean areFinite() {
    return Double.isFinite(loss) && penalties.stream().allMatch(Double::isFinite);
  }
}
