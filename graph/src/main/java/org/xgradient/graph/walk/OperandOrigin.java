package org.xgradient.graph.walk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;

/** Says in words where an operand comes from. */
public final class OperandOrigin {

  private static final ImmutableSet<String> VARIABLES =
      ImmutableSet.of("VarHandleOp", "VariableV2", "Variable");

  private static final ImmutableSet<String> READS =
      ImmutableSet.of("ReadVariableOp", "VariableV2", "Variable", "Identity", "Reshape", "Cast");

  private static final int MOST_NAMES = 4;

  private OperandOrigin() {}

  /**
   * Describes an operand by the variables or constants that it is computed from.
   *
   * @param operand the operand
   * @return such as {@code the variable fc1.bias}
   */
  public static String of(Output<?> operand) {
    ImmutableList<GraphOperation> ancestors = GraphWalk.ancestors(List.of(operand));
    ImmutableList<String> variables =
        ancestors.stream()
            .filter(operation -> VARIABLES.contains(operation.type()))
            .map(OperandOrigin::variableName)
            .distinct()
            .sorted()
            .collect(ImmutableList.toImmutableList());
    String name = operand.op().name();
    if (variables.isEmpty()) {
      return operand.op().type().equals("Const") ? "the constant " + name : name;
    }
    if (variables.size() == 1 && ancestors.stream().allMatch(OperandOrigin::isRead)) {
      return "the variable " + variables.get(0);
    }
    String more = variables.size() > MOST_NAMES ? ", ..." : "";
    return "%s, computed from %s%s"
        .formatted(
            name,
            String.join(", ", variables.subList(0, Math.min(MOST_NAMES, variables.size()))),
            more);
  }

  private static boolean isRead(GraphOperation operation) {
    return VARIABLES.contains(operation.type())
        || READS.contains(operation.type())
        || operation.type().equals("Const");
  }

  private static String variableName(GraphOperation variable) {
    String shared = variable.attributes().getAttrString("shared_name");
    return shared.isEmpty() ? variable.name() : shared;
  }
}
