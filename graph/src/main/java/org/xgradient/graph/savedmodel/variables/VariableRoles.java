package org.xgradient.graph.savedmodel.variables;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TensorName;

/** What the variables of a graph do, told from the operations that use them. */
final class VariableRoles {

  /** What a sum of a bias and other things may pass through before it is added. */
  private static final ImmutableSet<String> ADDITIVE =
      ImmutableSet.of("AddV2", "Add", "Sub", "BiasAdd");

  private static final ImmutableSet<String> UNCHANGED =
      ImmutableSet.of("ReadVariableOp", "Identity", "Reshape", "ExpandDims", "Squeeze", "Cast");

  private static final ImmutableSet<String> BATCH_NORMS =
      ImmutableSet.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");

  private static final int OFFSET = 2;

  private final ImmutableSet<String> dependents;
  private final SetMultimap<String, Use> uses = HashMultimap.create();
  private final Set<String> onlyAdded = new HashSet<>();
  private final Set<String> statistics = new HashSet<>();

  private record Use(NodeDef user, int input) {}

  /**
   * Looks at a graph.
   *
   * @param flat a graph without calls of functions
   * @param inputs the operations that are its inputs
   */
  VariableRoles(GraphDef flat, Set<String> inputs) {
    ImmutableList<NodeDef> ordered = GraphDefs.topologicalOrder(flat.getNodeList());
    this.dependents = GraphDefs.dependents(ordered, inputs);
    // Backwards: what uses an operation is judged before it.
    for (NodeDef node : ordered.reverse()) {
      Set<Use> used = uses.get(node.getName());
      if (!used.isEmpty() && used.stream().allMatch(this::isAdded)) {
        onlyAdded.add(node.getName());
      }
      if (!used.isEmpty() && used.stream().allMatch(this::isStatistic)) {
        statistics.add(node.getName());
      }
      List<TensorName> operands = GraphDefs.inputs(node);
      for (int i = 0; i < operands.size(); i++) {
        uses.put(operands.get(i).operation(), new Use(node, i));
      }
    }
  }

  /** {@return {@code BIAS} for what is only ever added, {@code WEIGHT} otherwise} */
  Role of(String variable) {
    return onlyAdded.contains(variable) ? Role.BIAS : Role.WEIGHT;
  }

  /** {@return whether a variable is the mean or the variance of a batch norm} */
  boolean isStatistic(String variable) {
    return statistics.contains(variable);
  }

  private boolean isAdded(Use use) {
    String type = use.user().getOp();
    if (dependents.contains(use.user().getName())) {
      return ADDITIVE.contains(type) || (BATCH_NORMS.contains(type) && use.input() == OFFSET);
    }
    return (ADDITIVE.contains(type) || (UNCHANGED.contains(type) && use.input() == 0))
        && onlyAdded.contains(use.user().getName());
  }

  private boolean isStatistic(Use use) {
    return BATCH_NORMS.contains(use.user().getOp())
        ? use.input() > OFFSET
        : UNCHANGED.contains(use.user().getOp()) && statistics.contains(use.user().getName());
  }
}
