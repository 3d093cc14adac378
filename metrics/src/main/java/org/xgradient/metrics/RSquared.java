package org.xgradient.metrics;

import org.xgradient.data.FloatArray;

/**
 * The coefficient of determination: {@code 1 - Σ_i (ŷ_i - y_i)² / Σ_i (y_i - ȳ)²}.
 *
 * <p>At most 1, higher is better; 0 for a model that always predicts the mean label, below 0 for
 * one that is worse than that.
 */
public record RSquared() implements ModelMetric {

  @Override
  public String name() {
    return "R²";
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER_IS_BETTER;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UndefinedMetricException if all labels are the same
   */
  @Override
  public double of(FloatArray outputs, FloatArray labels) {
    var examples = LabelledOutputs.of(name(), outputs, labels).requireOneOutput();
    double mean = 0;
    for (int i = 0; i < examples.rows(); i++) {
      mean += examples.value(i) / (double) examples.rows();
    }
    double total = 0;
    boolean differ = false;
    for (int i = 0; i < examples.rows(); i++) {
      double deviation = examples.value(i) - mean;
      total += deviation * deviation;
      differ |= examples.value(i) != examples.value(0);
    }
    if (!differ) {
      throw new UndefinedMetricException(
          "R² needs labels that differ, found %s in all of %s rows"
              .formatted(examples.value(0), examples.rows()));
    }
    return 1 - MeanSquaredError.squaredErrors(examples) / total;
  }
}
