package org.xgradient.report.table;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.xgradient.data.FloatArray;

/**
 * A fully connected layer.
 *
 * @param weights of shape {@code [inputs, outputs]}
 * @param biases of shape {@code [outputs]}; empty if nothing is added
 */
public record DenseLayer(FloatArray weights, Optional<FloatArray> biases) {

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if they are others
   */
  public DenseLayer {
    checkArgument(
        weights.shape().length() == 2,
        "the weights of a dense layer must be of shape [inputs, outputs], found %s",
        weights.shape());
    biases.ifPresent(
        values ->
            checkArgument(
                values.size() == weights.rowSize(),
                "there must be %s biases, found %s",
                weights.rowSize(),
                values.size()));
  }

  int inputs() {
    return weights.rows();
  }

  int outputs() {
    return weights.rowSize();
  }
}
