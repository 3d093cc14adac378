package org.xgradient.graph;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Session;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.walk.Maxima;

/**
 * The session of a graph, which opens at its first run: only then is it known whether operations
 * may be fused ({@link SessionOptions#withFusing}).
 */
final class NativeSession implements AutoCloseable {

  private final Graph graph;
  private final SessionOptions options;
  private final Set<Object> asked = new HashSet<>();
  private @Nullable Session session;
  private boolean fusing;
  private long checked;

  NativeSession(Graph graph, SessionOptions options) {
    this.graph = graph;
    this.options = options;
    this.fusing = options.fusing();
  }

  /**
   * Begins a run.
   *
   * @param asked the operands and operations that the run will compute
   * @return the run, still without them
   * @throws IllegalStateException if a maximum was added after the first run, which TensorFlow may
   *     get wrong
   */
  synchronized Session.Runner runner(Collection<?> asked) {
    boolean isNew = this.asked.addAll(asked);
    if (session == null) {
      fusing = fusing && addedMaximum().isEmpty();
      session = new Session(graph, options.withFusing(fusing).toProto());
    } else if (isNew && fusing) {
      addedMaximum().ifPresent(NativeSession::refuse);
    }
    return session.runner();
  }

  private static void refuse(GraphOperation maximum) {
    throw new IllegalStateException(
        "a maximum of two computed numbers must be added before the first run of its session, found"
            + " %s added later, which TensorFlow may compute wrongly; open the session with"
                .formatted(maximum.name())
            + " SessionOptions.withDefaults().withFusing(false)");
  }

  /** {@return a maximum among the operations that were not looked at before} */
  private Optional<GraphOperation> addedMaximum() {
    Optional<GraphOperation> found = Optional.empty();
    Iterator<GraphOperation> operations = graph.operations();
    for (long i = 0; operations.hasNext(); i++) {
      GraphOperation operation = operations.next();
      if (i >= checked) {
        checked = i + 1;
        if (found.isEmpty() && Maxima.isOne(operation)) {
          found = Optional.of(operation);
        }
      }
    }
    return found;
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close();
    }
    graph.close();
  }
}
