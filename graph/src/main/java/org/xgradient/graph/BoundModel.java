package org.xgradient.graph;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * A model and the session that has the values of its parameters: what is trained, explained, judged
 * and exported. The two belong to one graph and travel together.
 *
 * <p>Networks that were built, loaded SavedModels and trained models are such handles. A handle
 * borrows its session, unless it opened it and can be closed.
 */
public interface BoundModel {

  /** {@return the session, borrowed} */
  GraphSession session();

  /** {@return the model} */
  Model model();

  /**
   * What a caller gives for each example, in order: one input, which is explained, unless a handle
   * says otherwise. The inputs of a {@link ForwardPass} of {@link #model()} are the explained
   * values, whether they are given or computed from what is given.
   *
   * @return the inputs, at least one
   */
  default ImmutableList<ModelInput> inputs() {
    return ImmutableList.of(
        new ModelInput(
            "inputs", ModelInput.Kind.FLOATS, model().inputShape(), ModelInput.Role.EXPLAINED));
  }

  /**
   * Whether values must be fed beside those that are explained, so that the model can't be run on
   * these alone.
   *
   * @return false, unless a handle says otherwise
   */
  default boolean hasFixedInputs() {
    return false;
  }

  /**
   * How the explained values are computed, where they are not what is given.
   *
   * @return the way from the inputs to the explained values; empty, as usual, if the only input is
   *     what is explained, or values must be fed beside
   */
  default Optional<GivenValues> given() {
    return Optional.empty();
  }

  /**
   * Binds a model of one's own to its session.
   *
   * @param session the session, borrowed
   * @param model the model
   * @return the handle
   * @throws IllegalArgumentException if the model is in the graph of another session
   */
  static BoundModel of(GraphSession session, Model model) {
    checkArgument(
        session.owns(model.ops()),
        "the model must be in the graph of this session, found one in another graph; build it with"
            + " this session's ops()");
    return new SessionAndModel(session, model);
  }
}
