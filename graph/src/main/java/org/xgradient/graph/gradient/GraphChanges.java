package org.xgradient.graph.gradient;

import com.google.common.collect.MapMaker;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.tensorflow.ExecutionEnvironment;

/**
 * Keeps the runs of a graph apart from what adds operations and changes them before they are ready.
 * A run takes all of a graph as it is, what it does not need included, and knows of no later
 * change.
 */
public final class GraphChanges {

  // By identity, and no longer than the graph lives.
  private static final ConcurrentMap<ExecutionEnvironment, ReentrantReadWriteLock> LOCKS =
      new MapMaker().weakKeys().makeMap();

  private GraphChanges() {}

  /**
   * The lock of a graph: a run holds the one for reading, who changes operations that for writing.
   *
   * @param graph the graph
   * @return its lock
   */
  public static ReentrantReadWriteLock lock(ExecutionEnvironment graph) {
    return LOCKS.computeIfAbsent(graph, any -> new ReentrantReadWriteLock());
  }
}
