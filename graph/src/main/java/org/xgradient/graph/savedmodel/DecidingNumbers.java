package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.OpDefs;
import org.xgradient.graph.graphdef.TensorName;

/**
 * Finds the numbers by which an output is decided that is a class, a flag or a rounded number and
 * has no slope: the scores before an {@code ArgMax}, the probability before a comparison.
 */
final class DecidingNumbers {

  private static final ImmutableSet<DataType> FLOATS =
      ImmutableSet.of(
          DataType.DT_FLOAT, DataType.DT_DOUBLE, DataType.DT_HALF, DataType.DT_BFLOAT16);

  private DecidingNumbers() {}

  /**
   * Looks for them, backwards from the output.
   *
   * @param graph a graph without calls of functions
   * @param inputs the names of the inputs, by the operations that are fed
   * @param output the output
   * @return the nearest tensor of floats that can be explained; empty if there is none but inputs
   */
  static Optional<TensorName> of(
      GraphDef graph, ImmutableMap<String, String> inputs, TensorName output) {
    Map<String, NodeDef> nodes = GraphDefs.byName(graph.getNodeList());
    Set<String> dependent =
        GraphDefs.dependents(GraphDefs.topologicalOrder(graph.getNodeList()), inputs.keySet());
    Deque<TensorName> open = new ArrayDeque<>(List.of(output));
    Set<TensorName> seen = new HashSet<>();
    while (!open.isEmpty()) {
      TensorName tensor = open.poll();
      NodeDef node = nodes.get(tensor.operation());
      if (node == null
          || !seen.add(tensor)
          || !dependent.contains(tensor.operation())
          || inputs.containsKey(tensor.operation())) {
        continue;
      }
      if (!tensor.equals(output)
          && FLOATS.contains(OpDefs.outputTypes(node).get(tensor.output()))
          && isExplained(GraphDefs.prune(graph, List.of(tensor)), inputs, tensor)) {
        return Optional.of(tensor);
      }
      open.addAll(GraphDefs.inputs(node));
    }
    return Optional.empty();
  }

  private static boolean isExplained(
      GraphDef graph, ImmutableMap<String, String> inputs, TensorName tensor) {
    try {
      return CutFinder.canFind(graph, inputs, tensor);
    } catch (DataException e) {
      return false;
    }
  }
}
