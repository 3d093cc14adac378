package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import java.util.OptionalInt;

/** A model from a SavedModel, with the graph and the session that it came in. */
public final class LoadedModel implements AutoCloseable {

  private final GraphSession session;
  private final Model model;
  private final OptionalInt fixedBatch;
  private final ImmutableList<String> notes;

  LoadedModel(
      GraphSession session, Model model, OptionalInt fixedBatch, ImmutableList<String> notes) {
    this.session = session;
    this.model = model;
    this.fixedBatch = fixedBatch;
    this.notes = notes;
  }

  /** {@return the session; closed with this} */
  public GraphSession session() {
    return session;
  }

  /** {@return the model, which can be applied to any operand} */
  public Model model() {
    return model;
  }

  /** {@return the only batch size that the model takes; empty if it takes any} */
  public OptionalInt fixedBatch() {
    return fixedBatch;
  }

  /** {@return what was found and done in loading, one sentence each, for the user} */
  public ImmutableList<String> notes() {
    return notes;
  }

  /** Closes the session. */
  @Override
  public void close() {
    session.close();
  }
}
