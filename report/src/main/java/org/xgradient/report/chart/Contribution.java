package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What one feature adds to a prediction.
 *
 * @param feature the name, perhaps with the row's value: {@code age = 71}
 * @param amount how much it adds, in the unit of the output; negative if it lowers it
 */
public record Contribution(String feature, double amount) {

  /**
   * Checks that the amount is finite.
   *
   * @throws IllegalArgumentException if it isn't
   */
  public Contribution {
    checkArgument(
        Double.isFinite(amount),
        "the contribution of '%s' must be finite, found %s",
        feature,
        amount);
  }
}
