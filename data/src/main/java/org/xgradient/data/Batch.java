package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Examples and their labels.
 *
 * @param inputs the examples, of shape {@code [size, ...]}
 * @param labels the labels, of shape {@code [size]}: class indices, or real numbers for regression
 */
public record Batch(FloatArray inputs, FloatArray labels) {

  /**
   * Checks that there is one label for each example.
   *
   * @throws IllegalArgumentException if the sizes differ, or the labels are not of rank 1
   */
  public Batch {
    checkArgument(
        labels.shape().length() == 1 && labels.size() == inputs.rows(),
        "labels must be of shape [%s], one for each example, found %s",
        inputs.rows(),
        labels.shape());
  }

  /** {@return the number of examples} */
  public int size() {
    return inputs.rows();
  }
}
