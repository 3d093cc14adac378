package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.OpDefs.Argument;

/**
 * A serialized graph from inputs to outputs, which can be added to a live graph again and again.
 *
 * <p>What does not depend on the inputs (constants, variables, one read of each variable) is added
 * once and shared by all applications. An operation that the live graph has already, with the same
 * name, attributes and inputs, is used and not added: so the variables of the serialized graph are
 * those of the live graph that it was taken from.
 */
public final class GraphFunction {

  private static final String READ = "ReadVariableOp";

  private final Ops tf;
  private final Graph graph;
  private final ImmutableList<TensorName> inputs;
  private final ImmutableList<TensorName> outputs;
  private final ImmutableList<NodeDef> dependent;
  private final Map<TensorName, Output<?>> constants = new HashMap<>();
  private final Map<Output<?>, Output<?>> reads = new HashMap<>();

  private GraphFunction(
      Ops tf,
      ImmutableList<TensorName> inputs,
      ImmutableList<TensorName> outputs,
      ImmutableList<NodeDef> dependent) {
    this.tf = tf;
    this.graph = (Graph) tf.scope().env();
    this.inputs = inputs;
    this.outputs = outputs;
    this.dependent = dependent;
  }

  /**
   * Adds what does not depend on the input.
   *
   * @param tf the operations of the live graph, in the scope for what is added
   * @param flat a graph without calls of functions
   * @param input the tensor to apply the function to
   * @param output the tensor it gives
   * @return the function
   * @throws DataException if an operation can't be added
   */
  public static GraphFunction create(Ops tf, GraphDef flat, TensorName input, TensorName output) {
    return create(tf, flat, List.of(input), List.of(output));
  }

  /**
   * Adds what does not depend on any of several inputs.
   *
   * @param tf the operations of the live graph, in the scope for what is added
   * @param flat a graph without calls of functions
   * @param inputs the tensors to apply the function to, each the output of a placeholder
   * @param outputs the tensors that may be asked for
   * @return the function
   * @throws DataException if an operation can't be added
   */
  public static GraphFunction create(
      Ops tf, GraphDef flat, Collection<TensorName> inputs, Collection<TensorName> outputs) {
    GraphDef needed = GraphDefs.prune(flat, outputs);
    ImmutableList<NodeDef> ordered = GraphDefs.topologicalOrder(needed.getNodeList());
    ImmutableSet<String> sources =
        inputs.stream().map(TensorName::operation).collect(ImmutableSet.toImmutableSet());
    ImmutableSet<String> dependents = GraphDefs.dependents(ordered, sources);
    ImmutableList<NodeDef> dependent =
        ordered.stream()
            .filter(node -> dependents.contains(node.getName()))
            .filter(node -> !sources.contains(node.getName()))
            .collect(ImmutableList.toImmutableList());
    GraphFunction function =
        new GraphFunction(
            tf, ImmutableList.copyOf(inputs), ImmutableList.copyOf(outputs), dependent);
    for (NodeDef node : ordered) {
      if (!dependents.contains(node.getName())) {
        function.addConstant(node);
      }
    }
    return function;
  }

  /** {@return the values of the variables, by their handles; one read of each} */
  public Map<Output<?>, Output<?>> reads() {
    return reads;
  }

  /** {@return the tensor of the live graph for one that does not depend on the inputs} */
  public Output<?> constant(TensorName name) {
    return tensor(name, constants);
  }

  /**
   * Adds the function.
   *
   * @param operand what to apply it to
   * @return what it gives
   * @throws IllegalArgumentException if an operation can't take what it would be given
   */
  public Operand<TFloat32> apply(Operand<TFloat32> operand) {
    return apply(ImmutableMap.of(inputs.get(0), operand), outputs).get(0).expect(TFloat32.class);
  }

  /**
   * Adds a part of the function.
   *
   * @param given what to take for some tensors, which may be in the midst of the function: what
   *     they were computed from is then left out
   * @param wanted the tensors to compute
   * @return what they are
   * @throws DataException if a tensor that is wanted needs an input that is not given
   * @throws IllegalArgumentException if an operation can't take what it would be given
   */
  public ImmutableList<Output<?>> apply(
      Map<TensorName, ? extends Operand<?>> given, List<TensorName> wanted) {
    Ops scope = tf.withSubScope("pass");
    Map<TensorName, Output<?>> tensors = new HashMap<>(constants);
    given.forEach((name, operand) -> tensors.put(name, operand.asOutput()));
    Set<String> needed = needed(given.keySet(), wanted);
    for (NodeDef node : dependent) {
      if (needed.contains(node.getName())) {
        define(node, add(scope, node, resolve(node, tensors)), tensors);
        given.forEach((name, operand) -> tensors.put(name, operand.asOutput()));
      }
    }
    return wanted.stream()
        .<Output<?>>map(name -> tensor(name, tensors))
        .collect(ImmutableList.toImmutableList());
  }

  /** The operations that depend on an input and that some tensors need, given others. */
  private Set<String> needed(Set<TensorName> given, List<TensorName> wanted) {
    Map<String, NodeDef> byName = GraphDefs.byName(dependent);
    Set<String> needed = new HashSet<>();
    Deque<TensorName> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      TensorName tensor = open.pop();
      NodeDef node = byName.get(tensor.operation());
      if (node != null && !given.contains(tensor) && needed.add(node.getName())) {
        GraphDefs.inputs(node).forEach(open::push);
      }
    }
    return needed;
  }

  private void addConstant(NodeDef node) {
    List<Output<?>> inputs = resolve(node, constants);
    boolean isRead = node.getOp().equals(READ);
    Output<?> read = isRead ? reads.get(inputs.get(0)) : null;
    if (read != null || isAlias(node)) {
      constants.put(TensorName.of(node.getName()), read == null ? inputs.get(0) : read);
      return;
    }
    GraphOperation existing = existing(node, inputs);
    define(node, existing == null ? add(tf, node, inputs) : existing, constants);
    if (isRead) {
      reads.put(inputs.get(0), constants.get(TensorName.of(node.getName())));
    }
  }

  /** A variable that was passed through functions may have several handles. */
  private static boolean isAlias(NodeDef node) {
    return node.getOp().equals("Identity")
        && GraphDefs.attribute(node, "T").getType() == DataType.DT_RESOURCE;
  }

  private static List<Output<?>> resolve(NodeDef node, Map<TensorName, Output<?>> tensors) {
    List<Output<?>> found =
        GraphDefs.inputs(node).stream().<Output<?>>map(name -> tensor(name, tensors)).toList();
    int wanted = OpDefs.inputs(node).stream().mapToInt(Argument::size).sum();
    if (found.size() != wanted) {
      throw new DataException(
          "the graph is damaged: %s (%s) takes %s tensors, found %s"
              .formatted(node.getName(), node.getOp(), wanted, found.size()));
    }
    return found;
  }

  private static Output<?> tensor(TensorName name, Map<TensorName, Output<?>> tensors) {
    Output<?> tensor = tensors.get(name);
    if (tensor == null) {
      throw new DataException("the graph is damaged: it has no tensor '" + name + "'");
    }
    return tensor;
  }

  private static void define(
      NodeDef node, GraphOperation operation, Map<TensorName, Output<?>> tensors) {
    for (int i = 0; i < operation.numOutputs(); i++) {
      tensors.put(new TensorName(node.getName(), i), operation.output(i));
    }
  }

  private @Nullable GraphOperation existing(NodeDef node, List<Output<?>> inputs) {
    GraphOperation operation = graph.operation(node.getName());
    if (operation == null
        || !operation.type().equals(node.getOp())
        || operation.numInputs() != inputs.size()) {
      return null;
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!operation.input(i).equals(inputs.get(i))) {
        return null;
      }
    }
    if (node.getOp().equals("VarHandleOp")) {
      return operation;
    }
    for (Map.Entry<String, AttrValue> attribute : node.getAttrMap().entrySet()) {
      AttrValue value = operation.attributes().getAttrValueProto(attribute.getKey());
      if (!attribute.getValue().equals(value)) {
        return null;
      }
    }
    return operation;
  }

  private static GraphOperation add(Ops scope, NodeDef node, List<Output<?>> inputs) {
    Ops named = scope.withName(GraphDefs.scopeName(node.getName()));
    Optional<GraphOperation> rewritten = DifferentiableWindows.add(named, node, inputs);
    return rewritten.isPresent() ? rewritten.get() : build(named, node, inputs);
  }

  /** Adds the operation as it is. */
  static GraphOperation build(Ops named, NodeDef node, List<Output<?>> inputs) {
    OperationBuilder builder = named.scope().opBuilder(node.getOp(), node.getOp());
    int next = 0;
    for (Argument argument : OpDefs.inputs(node)) {
      List<Output<?>> given = inputs.subList(next, next + argument.size());
      if (argument.isList()) {
        builder.addInputList(given.toArray(Output<?>[]::new));
      } else {
        builder.addInput(given.get(0));
      }
      next += argument.size();
    }
    node.getAttrMap().forEach(builder::setAttr);
    try {
      return (GraphOperation) builder.build();
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s (%s) can't be applied to %s: %s"
              .formatted(
                  node.getName(),
                  node.getOp(),
                  inputs.stream().map(Output::shape).toList(),
                  e.getMessage()),
          e);
    }
  }
}
