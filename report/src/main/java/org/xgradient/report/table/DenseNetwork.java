package org.xgradient.report.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import org.xgradient.data.FloatArray;

/**
 * A network that a page can compute: dense layers with rectifiers between them.
 *
 * @param layers the layers from the features to the outputs, at least one, each with as many inputs
 *     as the one before has outputs
 */
public record DenseNetwork(ImmutableList<DenseLayer> layers) {

  /**
   * Checks that the layers fit.
   *
   * @throws IllegalArgumentException if they don't, or there is none
   */
  public DenseNetwork {
    checkArgument(!layers.isEmpty(), "a network must have a layer, found none");
    for (int i = 1; i < layers.size(); i++) {
      checkArgument(
          layers.get(i).inputs() == layers.get(i - 1).outputs(),
          "layer %s must have %s inputs like the outputs before it, found %s",
          i,
          layers.get(i - 1).outputs(),
          layers.get(i).inputs());
    }
  }

  /** {@return the number of weights and biases} */
  public long size() {
    return layers.stream()
        .mapToLong(
            layer ->
                layer.weights().size() + layer.biases().map(FloatArray::size).orElse(0).longValue())
        .sum();
  }

  /**
   * Computes the outputs as the page does: sums in 64 bits, everything else in 32.
   *
   * @param features of shape {@code [rows, features]}
   * @return the outputs, of shape {@code [rows, outputs]}
   * @throws IllegalArgumentException if there is another number of features
   */
  public FloatArray outputs(FloatArray features) {
    checkArgument(
        features.rowSize() == layers.get(0).inputs(),
        "there must be %s features, found %s",
        layers.get(0).inputs(),
        features.rowSize());
    FloatArray values = features;
    for (int depth = 0; depth < layers.size(); depth++) {
      values = apply(layers.get(depth), values, depth < layers.size() - 1);
    }
    return values;
  }

  private static FloatArray apply(DenseLayer layer, FloatArray inputs, boolean rectified) {
    int width = layer.outputs();
    FloatArray out = FloatArray.zeros(inputs.rows(), width);
    double[] sums = new double[width];
    for (int row = 0; row < inputs.rows(); row++) {
      for (int j = 0; j < width; j++) {
        sums[j] = layer.biases().isPresent() ? layer.biases().get().values()[j] : 0;
      }
      for (int i = 0; i < layer.inputs(); i++) {
        double x = inputs.values()[row * layer.inputs() + i];
        for (int j = 0; x != 0 && j < width; j++) {
          sums[j] += x * layer.weights().values()[i * width + j];
        }
      }
      for (int j = 0; j < width; j++) {
        out.values()[row * width + j] = (float) (rectified ? Math.max(0, sums[j]) : sums[j]);
      }
    }
    return out;
  }
}
