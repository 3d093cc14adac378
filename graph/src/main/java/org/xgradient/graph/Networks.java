package org.xgradient.graph;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;

/** Networks of the paper and of common use; each has an X- variant by {@code withoutBiases()}. */
public final class Networks {

  private Networks() {}

  /**
   * A multi-layer perceptron with ReLU after every layer but the last.
   *
   * @param inputs the number of features
   * @param outputs the number of logits
   * @param hidden the widths of the hidden layers; 512, 128 and 32 in the paper (FAA, App. B.3)
   * @return the network, with biases
   */
  public static Network mlp(int inputs, int outputs, int... hidden) {
    return mlp(inputs, outputs, Activation.RELU, hidden);
  }

  /**
   * A multi-layer perceptron.
   *
   * @param inputs the number of features
   * @param outputs the number of logits
   * @param activation what follows every layer but the last
   * @param hidden the widths of the hidden layers
   * @return the network, with biases
   */
  public static Network mlp(int inputs, int outputs, Layer activation, int... hidden) {
    checkArgument(inputs >= 1, "inputs must be at least 1, found %s", inputs);
    Sequential.Builder layers = Sequential.builder();
    for (int i = 0; i < hidden.length; i++) {
      layers.add("fc" + (i + 1), Dense.of(hidden[i]));
      layers.add("act" + (i + 1), activation);
    }
    layers.add("fc" + (hidden.length + 1), Dense.of(outputs));
    return new Network("mlp", ImmutableIntArray.of(inputs), layers.build());
  }
}
