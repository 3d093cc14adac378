package org.xgradient.metrics;

import org.apache.commons.math3.util.FastMath;
import org.xgradient.data.FloatArray;

/**
 * The mean of {@code -log p_y}, in nats, where {@code p_y} is the probability that the model gives
 * to the label.
 *
 * <p>At least 0, lower is better, {@code log C} for {@code C} classes taken as equally likely. The
 * probabilities are the softmax of the logits; for a model with one logit {@code z}, {@code p_1} is
 * the sigmoid of it. Computed from the logits, so that it stays finite where a probability rounds
 * to 0.
 */
public record CrossEntropy() implements ModelMetric {

  @Override
  public String name() {
    return "cross-entropy";
  }

  @Override
  public Direction direction() {
    return Direction.LOWER_IS_BETTER;
  }

  @Override
  public double of(FloatArray outputs, FloatArray labels) {
    var examples = LabelledOutputs.of(name(), outputs, labels);
    double sum = 0;
    for (int i = 0; i < examples.rows(); i++) {
      sum += examples.columns() == 1 ? binary(examples, i) : multiclass(examples, i);
    }
    return sum / examples.rows();
  }

  /** -log σ(z) = log(1 + exp(-z)) for label 1, and with -z for label 0. */
  private static double binary(LabelledOutputs examples, int row) {
    double z = examples.label(row) == 1 ? examples.output(row) : -examples.output(row);
    return Math.max(-z, 0) + FastMath.log1p(FastMath.exp(-Math.abs(z)));
  }

  /** log Σ exp(z_c) - z_y, with the largest logit taken out of the sum. */
  private static double multiclass(LabelledOutputs examples, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < examples.columns(); c++) {
      largest = Math.max(largest, examples.output(row, c));
    }
    double sum = 0;
    for (int c = 0; c < examples.columns(); c++) {
      sum += FastMath.exp(examples.output(row, c) - largest);
    }
    return largest + FastMath.log(sum) - examples.output(row, examples.label(row));
  }
}
