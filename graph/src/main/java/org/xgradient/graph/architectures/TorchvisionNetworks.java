package org.xgradient.graph.architectures;

import org.xgradient.graph.network.Network;

/**
 * Networks of torchvision that {@link Networks} does not have, with its names of the parameters,
 * for images {@code [224, 224, 3]}; each has an X- variant by {@code withoutBiases()}. They take
 * torchvision's weights by {@link Weights#pytorch}.
 */
public final class TorchvisionNetworks {

  private TorchvisionNetworks() {}

  /**
   * A residual network as it is after training: torchvision's batch normalizations are folded into
   * the convolutions before them, each of which so has a bias ({@link Weights} does that to the
   * arrays, too). There is no normalization to train it from random weights with; {@link
   * Networks#fixupResNet} is for that.
   *
   * @param depth the number of layers: 18, 34, 50, 101 or 152
   * @param classes the number of logits
   * @return the network, with biases
   * @throws IllegalArgumentException if there is no such depth
   */
  public static Network resNet(int depth, int classes) {
    return TorchvisionResNet.create(depth, classes);
  }

  /**
   * SqueezeNet 1.0 (Iandola et al. 2016), which is not {@link Networks#squeezeNet} under other
   * names: it takes red, green and blue, pools windows that the image cuts off, and its last
   * convolution is not padded. Its logits come after a ReLU and so are never negative.
   *
   * @param classes the number of logits
   * @return the network, with biases
   */
  public static Network squeezeNet10(int classes) {
    return TorchvisionSqueezeNet.version10(classes);
  }

  /**
   * SqueezeNet 1.1: as {@link #squeezeNet10}, with a smaller first convolution and earlier pooling.
   *
   * @param classes the number of logits
   * @return the network, with biases
   */
  public static Network squeezeNet11(int classes) {
    return TorchvisionSqueezeNet.version11(classes);
  }
}
