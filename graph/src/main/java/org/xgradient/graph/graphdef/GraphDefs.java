package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.data.DataException;

/**
 * Reads and rewrites serialized graphs.
 *
 * <p>A graph is taken as a function from its placeholders to its outputs: only data inputs count.
 * Inputs that only order operations, devices, and hints (attributes that begin with an underscore)
 * are left out of what these methods return.
 */
public final class GraphDefs {

  private GraphDefs() {}

  /**
   * Keeps what tensors are computed from.
   *
   * @param graph the graph
   * @param outputs the tensors to keep
   * @return the operations they need, in the order of {@code graph}
   * @throws DataException if an operation that is needed is missing
   */
  public static GraphDef prune(GraphDef graph, Collection<TensorName> outputs) {
    Map<String, NodeDef> nodes = byName(graph.getNodeList());
    Set<String> kept = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    outputs.forEach(output -> open.push(output.operation()));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (kept.add(name)) {
        inputs(node(nodes, name)).forEach(input -> open.push(input.operation()));
      }
    }
    GraphDef.Builder pruned = graph.toBuilder().clearNode();
    for (NodeDef node : nodes.values()) {
      if (kept.contains(node.getName())) {
        pruned.addNode(dataOnly(node));
      }
    }
    return pruned.build();
  }

  /**
   * Orders operations.
   *
   * @param nodes the operations of a graph
   * @return the operations, each after all of its inputs
   * @throws DataException if there is a loop, or an input is missing
   */
  public static ImmutableList<NodeDef> topologicalOrder(Collection<NodeDef> nodes) {
    return topologicalOrder(nodes, nodes.stream().map(NodeDef::getName).toList());
  }

  /**
   * Orders the operations that some operations need, themselves included.
   *
   * @param nodes the operations of a graph
   * @param needed the names of the operations that are needed
   * @return the operations, each after all of its inputs
   */
  public static ImmutableList<NodeDef> topologicalOrder(
      Collection<NodeDef> nodes, Collection<String> needed) {
    Map<String, NodeDef> byName = byName(nodes);
    ImmutableList.Builder<NodeDef> order = ImmutableList.builder();
    Set<String> started = new HashSet<>();
    Set<String> done = new HashSet<>();
    Deque<NodeDef> stack = new ArrayDeque<>();
    for (String name : needed) {
      stack.push(node(byName, name));
      while (!stack.isEmpty()) {
        NodeDef next = stack.element();
        if (!started.add(next.getName())) {
          stack.pop();
          if (done.add(next.getName())) {
            order.add(next);
          }
          continue;
        }
        // Reversed for a stack, so that the first input comes first.
        for (TensorName input : inputs(next).reverse()) {
          if (!done.contains(input.operation())) {
            checkNoLoop(next, input, started);
            stack.push(node(byName, input.operation()));
          }
        }
      }
    }
    return order.build();
  }

  private static void checkNoLoop(NodeDef node, TensorName input, Set<String> started) {
    if (started.contains(input.operation())) {
      throw new DataException(
          "%s (%s) is part of a loop; unroll it".formatted(node.getName(), node.getOp()));
    }
  }

  /**
   * Tells what depends on an input from what doesn't.
   *
   * @param ordered the operations, each after all of its inputs
   * @param input the name of an operation
   * @return the names of the operations that depend on it, itself included
   */
  public static ImmutableSet<String> dependents(List<NodeDef> ordered, String input) {
    return dependents(ordered, Set.of(input));
  }

  /**
   * Tells what depends on some inputs from what does not.
   *
   * @param ordered the operations, each after all of its inputs
   * @param inputs the names of operations
   * @return the names of the operations that depend on one of them, themselves included
   */
  public static ImmutableSet<String> dependents(List<NodeDef> ordered, Set<String> inputs) {
    Set<String> dependents = new HashSet<>(inputs);
    for (NodeDef node : ordered) {
      if (inputs(node).stream().anyMatch(tensor -> dependents.contains(tensor.operation()))) {
        dependents.add(node.getName());
      }
    }
    return ImmutableSet.copyOf(dependents);
  }

  /** {@return the tensors that an operation takes, in order} */
  public static ImmutableList<TensorName> inputs(NodeDef node) {
    return node.getInputList().stream()
        .filter(input -> !TensorName.isControl(input))
        .map(TensorName::parse)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * {@return an attribute of an operation}
   *
   * @throws DataException if the operation lacks it
   */
  public static AttrValue attribute(NodeDef node, String name) {
    if (!node.containsAttr(name)) {
      throw new DataException(
          "the graph is damaged: %s (%s) lacks the attribute '%s'"
              .formatted(node.getName(), node.getOp(), name));
    }
    return node.getAttrOrThrow(name);
  }

  /**
   * {@return operations by name}
   *
   * @throws DataException if two have the same name
   */
  public static Map<String, NodeDef> byName(Collection<NodeDef> nodes) {
    Map<String, NodeDef> byName = new LinkedHashMap<>();
    for (NodeDef node : nodes) {
      if (byName.put(node.getName(), node) != null) {
        throw new DataException(
            "the graph is damaged: it has two operations '" + node.getName() + "'");
      }
    }
    return byName;
  }

  private static NodeDef node(Map<String, NodeDef> nodes, String name) {
    NodeDef node = nodes.get(name);
    if (node == null) {
      throw new DataException("the graph is damaged: it has no operation '" + name + "'");
    }
    return node;
  }

  /** {@return a name for an operation in a live graph, where slashes make scopes} */
  public static String scopeName(String name) {
    String legal = name.replace('/', '.').replaceAll("[^A-Za-z0-9_.-]", "_");
    return legal.replaceFirst("^[^A-Za-z0-9.]", ".");
  }

  /** {@return the operation without order, place and hints} */
  static NodeDef dataOnly(NodeDef node) {
    NodeDef.Builder data = node.toBuilder().clearInput().clearDevice().clearAttr();
    node.getInputList().stream()
        .filter(input -> !TensorName.isControl(input))
        .forEach(data::addInput);
    for (Map.Entry<String, AttrValue> attribute : node.getAttrMap().entrySet()) {
      if (!attribute.getKey().startsWith("_")) {
        data.putAttr(attribute.getKey(), attribute.getValue());
      }
    }
    return data.build();
  }
}
