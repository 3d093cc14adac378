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
 * @param dimension the length of an embedding
 * @param filters the number of filters of each width, of a convolutional network
 * @param widths the widths of the kernels in words, of a convolutional network; the widths of the
 *     hidden layers otherwise; at most 64. These numbers are all in [1, 65536]
 * @param biases whether it has biases
 */
public record TextNetwork(
    Kind kind, int dimension, int filters, ImmutableIntArray widths, boolean biases) {

  /** Also a damaged file must not ask for all memory. */
  private static final int MOST = 1 << 16;

  /** Each is a branch or a layer of the graph. */
  private static final int MOST_WIDTHS = 64;

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
   * @throws IllegalArgumentException if one is out of its range, there are more widths than that,
   *     or a convolutional network has none
   */
  public TextNetwork {
    check("the length of an embedding", dimension);
    check("filters", filters);
    checkArgument(
        widths.length() <= MOST_WIDTHS,
        "there must be at most %s widths, found %s",
        MOST_WIDTHS,
        widths.length());
    widths.forEach(width -> check("each width", width));
    checkArgument(
        kind != Kind.CNN || !widths.isEmpty(), "a convolutional network needs a width, found none");
  }

  private static void check(String what, int value) {
    checkArgument(
        value >= 1 && value <= MOST, "%s must be in [1, %s], found %s", what, MOST, value);
  }

  /** {@return an X-network: 64 filters each of 2, 3 and 4 words, embeddings of 100 numbers} */
  public static TextNetwork withDefaults() {
    return new TextNetwork(Kind.CNN, 100, 64, ImmutableIntArray.of(2, 3, 4), false);
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
