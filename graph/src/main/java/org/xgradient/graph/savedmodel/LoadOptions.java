package org.xgradient.graph.savedmodel;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import org.xgradient.graph.runtime.SessionOptions;

/**
 * What to take of a SavedModel, and how to compute.
 *
 * @param signature the key of the signature; empty for {@code serving_default}, or the only one
 * @param output the name of the signature's output; empty for {@code logits}, or the only one
 * @param inputShape the shape of one example, without the batch dimension; empty for the one that
 *     the signature says
 * @param session how the session computes
 */
public record LoadOptions(
    Optional<String> signature,
    Optional<String> output,
    Optional<ImmutableIntArray> inputShape,
    SessionOptions session) {

  /** {@return what the SavedModel says, computed with default options} */
  public static LoadOptions withDefaults() {
    return new LoadOptions(
        Optional.empty(), Optional.empty(), Optional.empty(), SessionOptions.withDefaults());
  }

  /**
   * {@return these options with another signature}
   *
   * @param signature the key of the signature
   */
  public LoadOptions withSignature(String signature) {
    return new LoadOptions(Optional.of(signature), output, inputShape, session);
  }

  /**
   * {@return these options with another output}
   *
   * @param output the name of the signature's output
   */
  public LoadOptions withOutput(String output) {
    return new LoadOptions(signature, Optional.of(output), inputShape, session);
  }

  /**
   * {@return these options with another shape of one example}
   *
   * @param inputShape the shape, without the batch dimension
   */
  public LoadOptions withInputShape(ImmutableIntArray inputShape) {
    return new LoadOptions(signature, output, Optional.of(inputShape), session);
  }

  /**
   * {@return these options with another session}
   *
   * @param session how the session computes
   */
  public LoadOptions withSession(SessionOptions session) {
    return new LoadOptions(signature, output, inputShape, session);
  }
}
