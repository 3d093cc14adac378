package org.xgradient.metrics;

import org.xgradient.data.FloatArray;

/**
 * The mean of {@code (ŷ - y)²}.
 *
 * <p>At least 0, lower is better, in the square of the label's unit.
 */
public record MeanSquaredError() implements ModelMetric {

  @Override
  public String name() {
    return "mean squared error";
  }

  @Override
  public Direction direction() {
    return Direction.LOWER_IS_BETTER;
  }

  @Override
  public double of(FloatArray outputs, FloatArray labels) {
    var examples = LabelledOutputs.of(name(), outputs, labels).requireOneOutput();
    return squaredErrors(examples) / examples.rows();
  }

  static double squaredErrors(LabelledOutputs examples) {
    double sum = 0;
    for (int i = 0; i < examples.rows(); i++) {
      double error = (double) examples.output(i) - examples.value(i);
      sum += error * error;
    }
    return sum;
  }
}
