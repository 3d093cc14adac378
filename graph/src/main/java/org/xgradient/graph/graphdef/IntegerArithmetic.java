package org.xgradient.graph.graphdef;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Computes with floats what a graph computes with integers, as far back as sums and products go:
 * the same numbers as long as they are below 2^24, and with gradients. Where another operation
 * gives integers, they are cast.
 */
public final class IntegerArithmetic {

  private static final ImmutableSet<DataType> INTEGERS =
      ImmutableSet.of(
          DataType.DT_INT8,
          DataType.DT_UINT8,
          DataType.DT_INT16,
          DataType.DT_UINT16,
          DataType.DT_INT32,
          DataType.DT_INT64);

  /** Of attribute T, and the same function of floats. */
  private static final ImmutableSet<String> SAME =
      ImmutableSet.of(
          "Abs",
          "Add",
          "AddN",
          "AddV2",
          "BiasAdd",
          "ConcatV2",
          "ExpandDims",
          "Identity",
          "MatMul",
          "Max",
          "Maximum",
          "Min",
          "Minimum",
          "Mul",
          "Neg",
          "Pack",
          "Prod",
          "Reshape",
          "Slice",
          "Square",
          "Squeeze",
          "StridedSlice",
          "Sub",
          "Sum",
          "Tile",
          "Transpose");

  private final Map<String, NodeDef> nodes;
  private final GraphDef.Builder added;
  private final Map<TensorName, TensorName> floats = new HashMap<>();
  private final FreshNames names;

  private IntegerArithmetic(GraphDef graph) {
    this.nodes = GraphDefs.byName(graph.getNodeList());
    this.added = graph.toBuilder();
    this.names = new FreshNames(graph.getNodeList());
  }

  /** A graph, and where a tensor of it is as floats. */
  public record Floats(GraphDef graph, TensorName tensor) {}

  /** {@return whether a type is one of integers} */
  public static boolean isInteger(DataType type) {
    return INTEGERS.contains(type);
  }

  /**
   * Adds what computes a tensor in floats.
   *
   * @param graph a graph without calls of functions
   * @param tensor a tensor of integers
   */
  public static Floats of(GraphDef graph, TensorName tensor) {
    IntegerArithmetic arithmetic = new IntegerArithmetic(graph);
    // Inputs first, so that no chain of operations is too long for the stack.
    for (NodeDef node :
        GraphDefs.topologicalOrder(graph.getNodeList(), List.of(tensor.operation()))) {
      arithmetic.visit(node);
    }
    TensorName result = arithmetic.asFloat(tensor);
    return new Floats(GraphDefs.prune(arithmetic.added.build(), List.of(result)), result);
  }

  private void visit(NodeDef node) {
    if (!SAME.contains(node.getOp()) || !node.containsAttr("T")) {
      return;
    }
    DataType type = node.getAttrOrThrow("T").getType();
    if (!isInteger(type)) {
      return;
    }
    ImmutableList<Boolean> data = OpDefs.inputsOfType(node, "T");
    List<TensorName> inputs = GraphDefs.inputs(node);
    NodeDef.Builder copy =
        node.toBuilder()
            .setName(names.take(node.getName() + "/as_float"))
            .clearInput()
            .putAttr("T", Attributes.of(DataType.DT_FLOAT));
    for (int i = 0; i < inputs.size(); i++) {
      copy.addInput((data.get(i) ? asFloat(inputs.get(i)) : inputs.get(i)).toString());
    }
    added.addNode(copy);
    floats.put(TensorName.of(node.getName()), TensorName.of(copy.getName()));
  }

  private TensorName asFloat(TensorName tensor) {
    return floats.computeIfAbsent(
        tensor,
        integers -> {
          NodeDef node = requireNonNull(nodes.get(integers.operation()));
          DataType type = OpDefs.outputTypes(node).get(integers.output());
          String name = names.take(node.getName() + "/to_float");
          added
              .addNodeBuilder()
              .setName(name)
              .setOp("Cast")
              .addInput(integers.toString())
              .putAttr("SrcT", Attributes.of(type))
              .putAttr("DstT", Attributes.of(DataType.DT_FLOAT));
          return TensorName.of(name);
        });
  }
}
