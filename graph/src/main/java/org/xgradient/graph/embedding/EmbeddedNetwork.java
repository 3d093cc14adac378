package org.xgradient.graph.embedding;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.network.Initializer;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.ParameterSpec;

/**
 * The description of a network of texts: a table with an embedding for each word, and a network
 * that takes the embeddings of a text's words.
 *
 * @param words the number of rows of the table, those of {@link #PADDING}, {@link #BLANK} and what
 *     stands for unknown words among them
 * @param body the network from the embeddings, of shape {@code [steps, dimension]}, to the logits
 */
public record EmbeddedNetwork(int words, Network body) {

  /** The number that fills texts up to one length: no word is there. */
  public static final int PADDING = 0;

  /**
   * The number of a place whose word was taken out: a word without any meaning is there, whose
   * embedding is zero, the baseline of attributions.
   */
  public static final int BLANK = 1;

  /** The name of the parameter that has the table, of shape {@code [words, dimension]}. */
  public static final String EMBEDDING = "embedding";

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there are no words besides padding and blank, or the
   *     network takes no sequences
   */
  public EmbeddedNetwork {
    checkArgument(
        words > BLANK + 1,
        "there must be words besides padding and blank, found a table of %s rows",
        words);
    checkArgument(
        body.inputShape().length() == 2,
        "the network must take embeddings of shape [steps, dimension], found %s",
        body.inputShape());
  }

  /** {@return the number of steps to which texts are filled up} */
  public int steps() {
    return body.inputShape().get(0);
  }

  /** {@return the length of an embedding} */
  public int dimension() {
    return body.inputShape().get(1);
  }

  /** {@return the name of the network} */
  public String name() {
    return body.name();
  }

  /** {@return the number of logits} */
  public int outputs() {
    return body.outputs();
  }

  /** {@return whether any layer adds a bias} */
  public boolean hasBiases() {
    return body.hasBiases();
  }

  /** {@return the X- variant: the same embeddings, the network without biases} */
  public EmbeddedNetwork withoutBiases() {
    return new EmbeddedNetwork(words, body.withoutBiases());
  }

  /** {@return the parameters, the table first} */
  public ImmutableList<ParameterSpec> parameters() {
    return ImmutableList.<ParameterSpec>builder().add(table()).addAll(body.parameters()).build();
  }

  /** Normal with deviation 0.1, as is usual for embeddings that are learned. */
  ParameterSpec table() {
    Initializer initializer =
        (values, fanIn, fanOut, random) -> {
          for (long i = 0; i < values.size(); i++) {
            values.setFloat((float) (0.1 * random.nextGaussian()), i);
          }
        };
    return new ParameterSpec(
        EMBEDDING,
        Role.WEIGHT,
        ImmutableIntArray.of(words, dimension()),
        dimension(),
        dimension(),
        initializer);
  }

  /**
   * Adds the parameters of this network to a graph and gives them initial values.
   *
   * @param session the graph and its session
   * @param seed the seed of the initial values
   * @return the model
   */
  public EmbeddedModel build(GraphSession session, long seed) {
    EmbeddedModel model = EmbeddedModel.create(this, session);
    model.initialize(seed);
    return model;
  }
}
