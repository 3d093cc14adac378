package org.xgradient.graph;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.ParameterSpec.Role;

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

  private record Use(NodeDef user, int input) {}

  /**
   * Looks at a graph.
   *
   * @param flat a graph without calls of functions
   * @param input the operation that is its input
   */
  VariableRoles(GraphDef flat, String input) {
    List<NodeDef> ordered = GraphDefs.topologicalOrder(flat.getNodeList());
    this.dependents = GraphDefs.dependents(ordered, input);
    for (NodeDef node : ordered) {
      List<TensorName> inputs = GraphDefs.inputs(node);
      for (int i = 0; i < inputs.size(); i++) {
        uses.put(inputs.get(i).operation(), new Use(node, i));
      }
    }
  }

  /** {@return {@code BIAS} for what is only ever added, {@code WEIGHT} otherwise} */
  Role of(String variable) {
    return isOnlyAdded(variable) ? Role.BIAS : Role.WEIGHT;
  }

  /** {@return whether a variable is the mean or the variance of a batch norm} */
  boolean isStatistic(String variable) {
    Set<Use> used = uses.get(variable);
    return !used.isEmpty()
        && used.stream()
            .allMatch(
                use ->
                    BATCH_NORMS.contains(use.user().getOp())
                        ? use.input() > OFFSET
                        : UNCHANGED.contains(use.user().getOp())
                            && isStatistic(use.user().getName()));
  }

  private boolean isOnlyAdded(String operation) {
    Set<Use> used = uses.get(operation);
    return !used.isEmpty() && used.stream().allMatch(this::isAdded);
  }

  private boolean isAdded(Use use) {
    String type = use.user().getOp();
    if (dependents.contains(use.user().getName())) {
      return ADDITIVE.contains(type) || (BATCH_NORMS.contains(type) && use.input() == OFFSET);
    }
    return (ADDITIVE.contains(type) || (UNCHANGED.contains(type) && use.input() == 0))
        && isOnlyAdded(use.user().getName());
  }
}
