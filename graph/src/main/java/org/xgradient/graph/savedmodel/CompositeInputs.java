package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorInfo;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TensorName;

/**
 * Refuses inputs that are sparse or ragged tensors: their values stand in one list for the whole
 * batch, so that no row of what is fed is an example.
 */
final class CompositeInputs {

  private static final String SPARSE =
      "whose rows are no examples; export the model with a dense input in its place, in Keras"
          + " Input(sparse=False) with the same weights";

  private static final String RAGGED =
      "whose rows are no examples; export the model with padded rows in its place, in Keras"
          + " Input(ragged=False) with the same weights and a mask";

  /** What takes the indices of a sparse tensor as its first input. */
  private static final ImmutableSet<String> TAKE_INDICES =
      ImmutableSet.of(
          "SparseAdd",
          "SparseDenseCwiseAdd",
          "SparseDenseCwiseDiv",
          "SparseDenseCwiseMul",
          "SparseFillEmptyRows",
          "SparseReduceMax",
          "SparseReduceSum",
          "SparseReorder",
          "SparseReshape",
          "SparseSlice",
          "SparseSoftmax",
          "SparseTensorDenseMatMul",
          "SparseToDense");

  private static final ImmutableSet<String> TAKE_SPLITS =
      ImmutableSet.of("RaggedTensorToTensor", "RaggedTensorToSparse", "RaggedGather");

  private final Map<String, NodeDef> nodes;
  private final ImmutableMap<String, String> inputs;

  private CompositeInputs(GraphDef graph, ImmutableMap<String, String> inputs) {
    this.nodes = GraphDefs.byName(graph.getNodeList());
    this.inputs = inputs;
  }

  /**
   * Checks what a signature says of an input.
   *
   * @throws SavedModelException if it is of several tensors
   */
  static void check(String name, TensorInfo info) {
    if (info.hasCooSparse()) {
      throw new SavedModelException("input '%s' is a sparse tensor, %s".formatted(name, SPARSE));
    }
    if (info.hasCompositeTensor()) {
      throw new SavedModelException(
          "input '%s' is a ragged tensor, or another of several parts, %s".formatted(name, RAGGED));
    }
  }

  /**
   * Checks a graph, for exporters that give the parts as inputs of their own.
   *
   * @param graph a graph without calls of functions
   * @param inputs the names of the inputs, by the operations that are fed
   * @throws SavedModelException if inputs are the parts of a sparse or ragged tensor
   */
  static void check(GraphDef graph, ImmutableMap<String, String> inputs) {
    CompositeInputs parts = new CompositeInputs(graph, inputs);
    for (NodeDef node : graph.getNodeList()) {
      var of = GraphDefs.inputs(node);
      if (TAKE_INDICES.contains(node.getOp()) && !of.isEmpty() && parts.isGiven(of.get(0))) {
        throw parts.refusal(node, "sparse", SPARSE);
      }
      // The first says the shape, or is of the outermost splits; the last is of splits or values.
      if (TAKE_SPLITS.contains(node.getOp())
          && !of.isEmpty()
          && (parts.isGiven(of.get(0)) || parts.isGiven(of.get(of.size() - 1)))) {
        throw parts.refusal(node, "ragged", RAGGED);
      }
    }
  }

  private SavedModelException refusal(NodeDef node, String kind, String advice) {
    ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
    for (TensorName tensor : GraphDefs.inputs(node)) {
      String name = inputs.get(origin(tensor));
      if (name != null) {
        names.add(name);
      }
    }
    var parts = names.build();
    return new SavedModelException(
        "the %s %s of a %s tensor (for %s of type %s), %s"
            .formatted(
                parts.size() == 1 ? "input" : "inputs",
                String.join(", ", parts) + (parts.size() == 1 ? " is a part" : " are parts"),
                kind,
                node.getName(),
                node.getOp(),
                advice));
  }

  private boolean isGiven(TensorName tensor) {
    return inputs.containsKey(origin(tensor));
  }

  private String origin(TensorName tensor) {
    NodeDef node = nodes.get(tensor.operation());
    while (node != null
        && !inputs.containsKey(node.getName())
        && (node.getOp().equals("Identity") || node.getOp().equals("Cast"))) {
      node = nodes.get(GraphDefs.inputs(node).get(0).operation());
    }
    return node == null ? "" : node.getName();
  }
}
