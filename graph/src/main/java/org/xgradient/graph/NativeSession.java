package org.xgradient.graph;

import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * The session of a graph, which opens at its first run, when it is known what the graph has.
 *
 * <p>With oneDNN, which is on by default, TensorFlow 2.18 takes {@code max(x, c x)} for a leaky
 * ReLU of slope {@code c}, also where {@code c} is above 1 and the result is therefore the minimum,
 * and {@code max(x, x + x)} with it. A graph that has a maximum of two computed numbers runs
 * without the part of the optimizer that does this.
 */
final class NativeSession implements AutoCloseable {

  private static final ImmutableSet<DataType> NUMBERS =
      ImmutableSet.of(
          DataType.DT_FLOAT, DataType.DT_DOUBLE, DataType.DT_HALF, DataType.DT_BFLOAT16);

  private final Graph graph;
  private final ConfigProto config;
  private final Set<Object> asked = new HashSet<>();
  private @Nullable Session session;
  private boolean rewrites = true;
  private long checked;

  NativeSession(Graph graph, ConfigProto config) {
    this.graph = graph;
    this.config = config;
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
    Session opened = session;
    if (opened == null) {
      rewrites = addedMaximum().isEmpty();
      opened = new Session(graph, rewrites ? config : withoutRewrites(config));
      session = opened;
      this.asked.addAll(asked);
    } else if (this.asked.addAll(asked) && rewrites) {
      addedMaximum().ifPresent(NativeSession::refuse);
    }
    return opened.runner();
  }

  private static void refuse(GraphOperation maximum) {
    throw new IllegalStateException(
        "operations that take the maximum of two computed numbers must be added before the first"
            + " run of their session, found "
            + maximum.name()
            + " added later, which TensorFlow may compute wrongly; build the whole model first");
  }

  private static ConfigProto withoutRewrites(ConfigProto config) {
    RewriterConfig.Builder rewriting =
        config.getGraphOptions().getRewriteOptions().toBuilder()
            .setRemapping(RewriterConfig.Toggle.OFF);
    GraphOptions.Builder options =
        config.getGraphOptions().toBuilder().setRewriteOptions(rewriting);
    return config.toBuilder().setGraphOptions(options).build();
  }

  /** {@return a maximum of two computed numbers among the operations not checked before} */
  private Optional<GraphOperation> addedMaximum() {
    Optional<GraphOperation> found = Optional.empty();
    Iterator<GraphOperation> operations = graph.operations();
    for (long i = 0; operations.hasNext(); i++) {
      GraphOperation operation = operations.next();
      if (i >= checked) {
        checked = i + 1;
        if (found.isEmpty() && isMaximum(operation)) {
          found = Optional.of(operation);
        }
      }
    }
    return found;
  }

  private static boolean isMaximum(GraphOperation operation) {
    return operation.type().equals("Maximum")
        && NUMBERS.contains(operation.attributes().getAttrType("T"))
        && IntStream.range(0, 2).noneMatch(i -> operation.input(i).op().type().equals("Const"));
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close();
    }
    graph.close();
  }
}
