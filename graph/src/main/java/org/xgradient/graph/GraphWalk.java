package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;

/** Walks over the operations of a graph. */
final class GraphWalk {

  private GraphWalk() {}

  /**
   * The operations that operands are computed from, themselves included.
   *
   * @param operands the operands
   * @return the operations, each after all of its inputs
   */
  static ImmutableList<GraphOperation> ancestors(Collection<? extends Operand<?>> operands) {
    ImmutableList.Builder<GraphOperation> order = ImmutableList.builder();
    Set<GraphOperation> seen = new HashSet<>();
    Deque<Visit> stack = new ArrayDeque<>();
    for (Operand<?> operand : operands) {
      stack.push(new Visit((GraphOperation) operand.asOutput().op(), false));
    }
    while (!stack.isEmpty()) {
      Visit visit = stack.pop();
      if (visit.inputsDone()) {
        order.add(visit.operation());
      } else if (seen.add(visit.operation())) {
        stack.push(new Visit(visit.operation(), true));
        for (GraphOperation input : inputs(visit.operation())) {
          if (!seen.contains(input)) {
            stack.push(new Visit(input, false));
          }
        }
      }
    }
    return order.build();
  }

  /**
   * The operations between operands: those that depend on a source and that a sink depends on.
   *
   * @param sources the operands to depend on
   * @param sinks the operands to reach
   * @return the operations, each after all of its inputs, the sources' own included if reached
   */
  static ImmutableList<GraphOperation> between(
      Collection<? extends Operand<?>> sources, Collection<? extends Operand<?>> sinks) {
    Set<GraphOperation> dependent = new HashSet<>();
    for (Operand<?> source : sources) {
      dependent.add((GraphOperation) source.asOutput().op());
    }
    ImmutableList.Builder<GraphOperation> path = ImmutableList.builder();
    for (GraphOperation operation : ancestors(sinks)) {
      if (dependent.contains(operation)) {
        path.add(operation);
      } else if (inputs(operation).stream().anyMatch(dependent::contains)) {
        dependent.add(operation);
        path.add(operation);
      }
    }
    return path.build();
  }

  private static List<GraphOperation> inputs(GraphOperation operation) {
    int count = operation.numInputs();
    List<GraphOperation> inputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      inputs.add((GraphOperation) operation.input(i).op());
    }
    return inputs;
  }

  private record Visit(GraphOperation operation, boolean inputsDone) {}
}
