package org.xgradient.training.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.text.TextClasses;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.embedding.EmbeddedNetwork;
import org.xgradient.graph.network.Network;

/**
 * The network of a model of texts, whatever the words and classes.
 *
 * @param kind its form
 * @param dimension the length of an embedding, at least 1
 * @param filters the number of filters of each width, of a convolutional network
 * @param widths the widths of the kernels in words, of a convolutional network; the widths of the
 *     hidden layers otherwise
 * @param biases whether it has biases
 */
public record TextNetwork(
    Kind kind, int dimension, int filters, ImmutableIntArray widths, boolean biases) {

  /** The form of a network. */
  public enum Kind {
    /** Kernels of some widths, the maximum over the text, logits. */
    CNN,
    /** The mean of the embeddings, hidden layers, logits: the order of words does not count. */
    MEAN;

    /** {@return the name on the command line} */
    @Override
    public String toString() {
      return Ascii.toLowerCase(name());
    }
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is less than 1, or a convolutional network has no width
   */
  public TextNetwork {
    checkArgument(
        dimension >= 1, "the length of an embedding must be at least 1, found %s", dimension);
    checkArgument(filters >= 1, "filters must be at least 1, found %s", filters);
    checkArgument(
        widths.stream().allMatch(width -> width >= 1),
        "widths must be at least 1, found %s",
        widths);
    checkArgument(
        kind != Kind.CNN || !widths.isEmpty(), "a convolutional network needs a width, found none");
  }

  /** {@return an X-network: 64 filters each of 2, 3 and 4 words, embeddings of 100 numbers} */
  public static TextNetwork withDefaults() {
    return new TextNetwork(Kind.CNN, 100, 64, ImmutableIntArray.of(2, 3, 4), false);
  }

  /**
   * The same with or without biases.
   *
   * @param has whether it has biases
   * @return the network
   */
  public TextNetwork withBiases(boolean has) {
    return new TextNetwork(kind, dimension, filters, widths, has);
  }

  /**
   * The network of certain words and classes.
   *
   * @param preprocessing the words and the length of texts
   * @param classes the classes
   * @return the description
   */
  public EmbeddedNetwork network(TextPreprocessing preprocessing, TextClasses classes) {
    int steps = preprocessing.steps();
    Network body =
        switch (kind) {
          case CNN -> Networks.textConvNet(steps, dimension, classes.outputs(), filters, widths);
          case MEAN -> Networks.textMean(steps, dimension, classes.outputs(), widths.toArray());
        };
    var network = new EmbeddedNetwork(preprocessing.vocabulary().size(), body);
    return biases ? network : network.withoutBiases();
  }
}
