package org.xgradient.benchmarks.command;

import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;

/** Loads TensorFlow, opens a session and runs it once: what no command can do without. */
public final class BareLoad {

  private BareLoad() {}

  /**
   * Loads.
   *
   * @param args none
   */
  public static void main(String[] args) {
    try (GraphSession session = GraphSession.open()) {
      session.run(Feeds.none(), session.ops().constant(1f));
    }
  }
}
