package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.FloatArray;

/**
 * The fraction of examples whose label is among the {@code k} largest logits.
 *
 * <p>In {@code [0, 1]}, higher is better. Of equal logits the one of the lower index comes first.
 *
 * @param k how many logits count, at least 1
 */
public record TopKAccuracy(int k) implements ModelMetric {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if {@code k} is less than 1
   */
  public TopKAccuracy {
    checkArgument(k >= 1, "k must be at least 1, found %s", k);
  }

  @Override
  public String name() {
    return "top-" + k + " accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER_IS_BETTER;
  }

  @Override
  public double of(FloatArray outputs, FloatArray labels) {
    var examples = LabelledOutputs.of(name(), outputs, labels);
    checkArgument(
        k <= examples.columns(),
        "top-%s accuracy needs at least %s outputs for each row, found %s",
        k,
        k,
        examples.columns());
    int hits = 0;
    for (int i = 0; i < examples.rows(); i++) {
      if (before(examples, i, examples.label(i)) < k) {
        hits++;
      }
    }
    return (double) hits / examples.rows();
  }

  /** How many logits of the row come before that of the label. */
  private static int before(LabelledOutputs examples, int row, int label) {
    checkArgument(
        examples.columns() > 1,
        "top-k accuracy needs one output for each class, found one; use Accuracy");
    float logit = examples.output(row, label);
    int before = 0;
    for (int column = 0; column < examples.columns(); column++) {
      float other = examples.output(row, column);
      if (other > logit || (other == logit && column < label)) {
        before++;
      }
    }
    return before;
  }
}
