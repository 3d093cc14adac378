package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;

/** A model from a SavedModel, with the graph and the session that it came in. */
public final class LoadedModel implements BoundModel, AutoCloseable {

  private final GraphSession session;
  private final Model model;
  private final ImmutableList<String> notes;

  LoadedModel(GraphSession session, Model model, ImmutableList<String> notes) {
    this.session = session;
    this.model = model;
    this.notes = notes;
  }

  /** {@return the session; closed with this} */
  @Override
  public GraphSession session() {
    return session;
  }

  /** {@return the model, which can be applied to any operand} */
  @Override
  public Model model() {
    return model;
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
