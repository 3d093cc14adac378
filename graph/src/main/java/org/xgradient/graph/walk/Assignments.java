package org.xgradient.graph.walk;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;

/** Finds the paths that a walk along the operands of operations misses: those through variables. */
public final class Assignments {

  private Assignments() {}

  /**
   * The assignments of values that depend on one operand, and that run before another is computed.
   *
   * @param source the operand that the values depend on
   * @param sink the operand that is computed after the assignment
   * @return the assignments
   */
  public static ImmutableList<GraphOperation> between(Output<?> source, Output<?> sink) {
    Set<GraphOperation> dependent = new HashSet<>();
    dependent.add((GraphOperation) source.op());
    ImmutableList.Builder<GraphOperation> assignments = ImmutableList.builder();
    for (GraphOperation operation :
        GraphWalk.predecessorsUpTo((GraphOperation) source.op(), sink)) {
      List<GraphOperation> inputs = GraphWalk.inputs(operation);
      if (!dependent.contains(operation) && inputs.stream().anyMatch(dependent::contains)) {
        dependent.add(operation);
        if (StatefulOperations.isAssignment(operation.type())) {
          assignments.add(operation);
        }
      }
    }
    return assignments.build();
  }
}
