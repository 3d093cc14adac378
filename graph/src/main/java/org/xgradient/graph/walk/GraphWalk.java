package org.xgradient.graph.walk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;

/** Walks over the operations of a graph. */
public final class GraphWalk {

  private static final ImmutableSet<String> ASK_FOR_SHAPES =
      ImmutableSet.of("Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike");

  private static final ImmutableSet<String> VIEWS =
      ImmutableSet.of("Identity", "IdentityN", "Reshape", "ExpandDims", "Squeeze");

  private GraphWalk() {}

  /** {@return whether an operation asks for the shape of its input only} */
  public static boolean asksForShape(GraphOperation operation) {
    return ASK_FOR_SHAPES.contains(operation.type());
  }

  /** {@return whether an operation only renames or reshapes its inputs} */
  public static boolean isView(GraphOperation operation) {
    return VIEWS.contains(operation.type());
  }

  /**
   * The operations that operands are computed from, themselves included.
   *
   * @param operands the operands
   * @return the operations, each after all of its inputs
   */
  public static ImmutableList<GraphOperation> ancestors(Collection<? extends Operand<?>> operands) {
    return ancestors(operands, GraphWalk::inputs);
  }

  /**
   * The operations that an operand is computed from, but for those behind a source.
   *
   * @param source the operation to stop at
   * @param sink the operand
   * @return the operations, each after all of its inputs
   */
  public static ImmutableList<GraphOperation> ancestorsUpTo(
      GraphOperation source, Operand<?> sink) {
    return ancestors(
        List.of(sink), operation -> operation.equals(source) ? List.of() : inputs(operation));
  }

  /**
   * The operations whose values an operand depends on, but for those behind a source: without those
   * of which only the shape is asked for.
   *
   * @param source the operation to stop at
   * @param sink the operand
   * @return the operations, each after all of its inputs
   */
  public static ImmutableList<GraphOperation> valuesUpTo(GraphOperation source, Operand<?> sink) {
    return ancestors(
        List.of(sink),
        operation ->
            operation.equals(source) || asksForShape(operation) ? List.of() : inputs(operation));
  }

  /**
   * The operations that run before an operand is computed, but for those behind a source: besides
   * inputs, those that others were told to wait for.
   *
   * @param source the operation to stop at
   * @param sink the operand
   * @return the operations, each after all that run before it
   */
  static ImmutableList<GraphOperation> predecessorsUpTo(GraphOperation source, Operand<?> sink) {
    return ancestors(
        List.of(sink),
        operation -> {
          List<GraphOperation> before = new ArrayList<>();
          if (!operation.equals(source)) {
            before.addAll(inputs(operation));
            before.addAll(operation.controlInputs());
          }
          return before;
        });
  }

  private static ImmutableList<GraphOperation> ancestors(
      Collection<? extends Operand<?>> operands,
      Function<GraphOperation, List<GraphOperation>> predecessors) {
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
        for (GraphOperation input : predecessors.apply(visit.operation())) {
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
  public static ImmutableList<GraphOperation> between(
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

  /** {@return the operations whose outputs an operation takes, in the order of its inputs} */
  static List<GraphOperation> inputs(GraphOperation operation) {
    int count = operation.numInputs();
    List<GraphOperation> inputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      inputs.add((GraphOperation) operation.input(i).op());
    }
    return inputs;
  }

  private record Visit(GraphOperation operation, boolean inputsDone) {}
}
