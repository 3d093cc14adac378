package org.xgradient.graph.embedding;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.network.NetworkModel;

/**
 * The network behind the embeddings of a batch of texts: the model of a forward pass of an {@link
 * EmbeddedModel}. Which places of the texts are there is fixed, also along paths.
 *
 * @param whole the model that also gathers the embeddings
 * @param body the network from the embeddings to the logits
 * @param tokens the numbers of the words, of shape {@code [batch, steps]}
 * @param present 1 where a word or a blank is, 0 for padding, of shape {@code [batch, steps]}
 */
public record EmbeddedTexts(
    EmbeddedModel whole, NetworkModel body, Operand<TInt32> tokens, Operand<TFloat32> present)
    implements Model {

  /**
   * The texts of a forward pass.
   *
   * @param pass the pass
   * @return its texts
   * @throws IllegalArgumentException if it is of a model of something else
   */
  public static EmbeddedTexts of(ForwardPass pass) {
    checkArgument(
        pass.model() instanceof EmbeddedTexts,
        "the model must be one of texts, found one of inputs %s",
        pass.model().inputShape());
    return (EmbeddedTexts) pass.model();
  }

  @Override
  public Ops ops() {
    return body.ops();
  }

  /** {@return the shape of the embeddings of a text, {@code [steps, dimension]}} */
  @Override
  public ImmutableIntArray inputShape() {
    return body.inputShape();
  }

  @Override
  public int outputs() {
    return body.outputs();
  }

  /** {@return all parameters, the table of embeddings first} */
  @Override
  public ImmutableList<Parameter> parameters() {
    return whole.parameters();
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    return body.logits(inputs, mode.withPresent(present));
  }
}
