package org.xgradient.graph.runtime;

import java.util.Optional;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Op;
import org.tensorflow.op.OpScope;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/**
 * Where operations of a graph are added, with names that don't depend on the default locale.
 *
 * <p>TensorFlow Java numbers names by {@code String.format} in the default locale. Where that has
 * digits of its own, as in Egypt, TensorFlow refuses every second operation of a type. Devices and
 * control dependencies are left to TensorFlow Java's own scope.
 */
public final class GraphScope implements Scope {

  private final Graph graph;
  private final NodeNames names;
  private final Optional<String> given;
  private final Scope rest;

  private GraphScope(Graph graph, NodeNames names, Optional<String> given, Scope rest) {
    this.graph = graph;
    this.names = names;
    this.given = given;
    this.rest = rest;
  }

  /**
   * The operations of a graph. They are made once for a graph, for they know which names are given.
   *
   * @param graph the graph, borrowed
   * @return what adds operations
   */
  public static Ops ops(Graph graph) {
    Scope scope =
        new GraphScope(graph, new NodeNames(graph, ""), Optional.empty(), new OpScope(graph));
    return Ops.create(new ScopedGraph(graph, scope));
  }

  @Override
  public ExecutionEnvironment env() {
    return graph;
  }

  @Override
  public Scope withSubScope(String name) {
    return new GraphScope(graph, names.within(given.orElse(name)), Optional.empty(), rest);
  }

  @Override
  public Scope withName(String name) {
    return new GraphScope(graph, names, Optional.of(NodeNames.checked(name)), rest);
  }

  @Override
  public Scope withNameAsSubScope(String name) {
    return withSubScope(name);
  }

  @Override
  public Scope withDevice(DeviceSpec device) {
    return new GraphScope(graph, names, given, rest.withDevice(device));
  }

  @Override
  public Scope withInitScope() {
    return new GraphScope(graph, names, given, rest.withInitScope());
  }

  @Override
  public Scope withControlDependencyOps(Iterable<Operation> controls) {
    return new GraphScope(graph, names, given, rest.withControlDependencyOps(controls));
  }

  @Override
  public String makeOpName(String name) {
    return names.unique(given.orElse(name));
  }

  @Override
  public String makeUnique(String name) {
    return names.unique(name);
  }

  /** Nothing to do: the graph is asked for each name. */
  @Override
  public void refreshNames() {}

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    return rest.apply(builder);
  }

  @Override
  public String getDeviceString() {
    return rest.getDeviceString();
  }

  @Override
  public boolean isInit() {
    return rest.isInit();
  }

  /** A graph whose operations are added elsewhere; {@link Ops} takes its scope and forgets it. */
  private record ScopedGraph(Graph graph, Scope baseScope) implements ExecutionEnvironment {

    @Override
    public OperationBuilder opBuilder(String type, String name, Scope scope) {
      return graph.opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      graph.attachFunction(function);
    }

    @Override
    public boolean isOpEnabled(String type) {
      return graph.isOpEnabled(type);
    }

    @Override
    public void checkInput(Op input) {
      graph.checkInput(input);
    }

    @Override
    public void checkInput(Operation input) {
      graph.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return graph.environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return graph.isInitializer(operation);
    }
  }
}
