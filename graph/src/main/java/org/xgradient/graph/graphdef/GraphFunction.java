package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * A serialized graph from one input to one output, which can be added to a live graph again and
 * again.
 *
 * <p>What does not depend on the input (constants, variables, one read of each variable) is added
 * once and shared by all applications. An operation that the live graph has already, with the same
 * name, attributes and inputs, is used and not added: so the variables of the serialized graph are
 * those of the live graph that it was taken from.
 */
public final class GraphFunction {

  private static final String READ = "ReadVariableOp";

  private final Ops tf;
  private final Graph graph;
  private final TensorName input;
  private final TensorName output;
  private final ImmutableList<NodeDef> dependent;
  private final Map<TensorName, Output<?>> constants = new HashMap<>();
  private final Map<Output<?>, Output<?>> reads = new HashMap<>();

  private GraphFunction(
      Ops tf, TensorName input, TensorName output, ImmutableList<NodeDef> dependent) {
    this.tf = tf;
    this.graph = (Graph) tf.scope().env();
    this.input = input;
    this.output = output;
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
    GraphDef needed = GraphDefs.prune(flat, List.of(output));
    ImmutableList<NodeDef> ordered = GraphDefs.topologicalOrder(needed.getNodeList());
    ImmutableSet<String> dependents = GraphDefs.dependents(ordered, input.operation());
    ImmutableList<NodeDef> dependent =
        ordered.stream()
            .filter(node -> dependents.contains(node.getName()))
            .filter(node -> !node.getName().equals(input.operation()))
            .collect(ImmutableList.toImmutableList());
    GraphFunction function = new GraphFunction(tf, input, output, dependent);
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

  /** {@return the tensor of the live graph for one that does not depend on the input} */
  public Output<?> constant(TensorName name) {
    return tensor(name, constants);
  }

  /**
   * Adds the function.
   *
   * @param inputs what to apply it to
   * @return what it gives
   * @throws IllegalArgumentException if an operation can't take what it would be given
   */
  public Operand<TFloat32> apply(Operand<TFloat32> inputs) {
    Ops scope = tf.withSubScope("pass");
    Map<TensorName, Output<?>> tensors = new HashMap<>(constants);
    tensors.put(input, inputs.asOutput());
    for (NodeDef node : dependent) {
      define(node, add(scope, node, resolve(node, tensors)), tensors);
    }
    return tensor(output, tensors).expect(TFloat32.class);
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
    return GraphDefs.inputs(node).stream().<Output<?>>map(name -> tensor(name, tensors)).toList();
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
    if (rewritten.isPresent()) {
      return rewritten.get();
    }
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
