package org.xgradient.metrics;

import org.xgradient.data.FloatArray;

/**
 * The fraction of examples whose predicted class is the label.
 *
 * <p>In {@code [0, 1]}, higher is better. The predicted class is that of the largest logit, of
 * equal ones the one of the lowest index; for a model with one logit it is 1 if the logit is above
 * 0, and 0 otherwise.
 */
public record Accuracy() implements ModelMetric {

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER_IS_BETTER;
  }

  @Override
  public double of(FloatArray outputs, FloatArray labels) {
    var examples = LabelledOutputs.of(name(), outputs, labels);
    if (examples.columns() > 1) {
      return new TopKAccuracy(1).of(outputs, labels);
    }
    int hits = 0;
    for (int i = 0; i < examples.rows(); i++) {
      int predicted = examples.output(i) > 0 ? 1 : 0;
      if (predicted == examples.label(i)) {
        hits++;
      }
    }
    return (double) hits / examples.rows();
  }
}
