package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xgradient.graph.runtime.SessionOptions;

/**
 * What to take of a SavedModel, and how to compute.
 *
 * @param tags the tags of the graph, as a set; empty for {@code serve}, or the only graph
 * @param signature the key of the signature; empty for {@code serving_default}, or the only one
 * @param output the name of the signature's output, or of a tensor that is computed on the way to
 *     one; empty for the only one, {@code logits}, or the only one of floats
 * @param inputShape the shape of one example of the only input, without the batch dimension; empty
 *     for the one that the signature says
 * @param inputShapes the same of inputs by their names
 * @param at the names of the tensors of which attributions are made; empty for the inputs, or the
 *     earliest tensors behind them from which the output can be differentiated
 * @param session how the session computes
 */
public record LoadOptions(
    ImmutableSet<String> tags,
    Optional<String> signature,
    Optional<String> output,
    Optional<ImmutableIntArray> inputShape,
    ImmutableMap<String, ImmutableIntArray> inputShapes,
    ImmutableList<String> at,
    SessionOptions session) {

  /** {@return what the SavedModel says, computed with default options} */
  public static LoadOptions withDefaults() {
    return new LoadOptions(
        ImmutableSet.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ImmutableMap.of(),
        ImmutableList.of(),
        SessionOptions.withDefaults());
  }

  /**
   * {@return these options with the graph of other tags}
   *
   * @param tags the tags, all of them
   */
  public LoadOptions withTags(Set<String> tags) {
    return new LoadOptions(
        ImmutableSet.copyOf(tags), signature, output, inputShape, inputShapes, at, session);
  }

  /**
   * {@return these options with another signature}
   *
   * @param signature the key of the signature
   */
  public LoadOptions withSignature(String signature) {
    return new LoadOptions(
        tags, Optional.of(signature), output, inputShape, inputShapes, at, session);
  }

  /**
   * {@return these options with another output}
   *
   * @param output the name of the signature's output, or of a tensor on the way to one
   */
  public LoadOptions withOutput(String output) {
    return new LoadOptions(
        tags, signature, Optional.of(output), inputShape, inputShapes, at, session);
  }

  /**
   * {@return these options with another shape of one example, of a model with one input}
   *
   * @param inputShape the shape, without the batch dimension
   */
  public LoadOptions withInputShape(ImmutableIntArray inputShape) {
    return new LoadOptions(
        tags, signature, output, Optional.of(inputShape), inputShapes, at, session);
  }

  /**
   * {@return these options with another shape of one example of an input}
   *
   * @param input the name of the signature's input
   * @param shape the shape, without the batch dimension
   */
  public LoadOptions withInputShape(String input, ImmutableIntArray shape) {
    ImmutableMap<String, ImmutableIntArray> shapes =
        ImmutableMap.<String, ImmutableIntArray>builder()
            .putAll(inputShapes)
            .put(input, shape)
            .buildKeepingLast();
    return new LoadOptions(tags, signature, output, inputShape, shapes, at, session);
  }

  /**
   * Explains inner tensors in the place of inputs: what lies before is computed once, what lies
   * behind is explained from there.
   *
   * @param tensors the names of the tensors, as in the graph: {@code operation}, or {@code
   *     operation:1} for its second output
   * @return these options with other tensors
   */
  public LoadOptions withTensors(List<String> tensors) {
    return new LoadOptions(
        tags, signature, output, inputShape, inputShapes, ImmutableList.copyOf(tensors), session);
  }

  /**
   * {@return these options with another session}
   *
   * @param session how the session computes
   */
  public LoadOptions withSession(SessionOptions session) {
    return new LoadOptions(tags, signature, output, inputShape, inputShapes, at, session);
  }
}
