package org.xgradient.graph.walk;

import com.google.common.collect.ImmutableSet;

/** Operations that hide others, so that neither a proof nor a gradient can follow them. */
public final class OpaqueOperations {

  public static final ImmutableSet<String> CONTROL_FLOW =
      ImmutableSet.of(
          "While",
          "StatelessWhile",
          "If",
          "StatelessIf",
          "Case",
          "StatelessCase",
          "Enter",
          "Exit",
          "Merge",
          "Switch",
          "NextIteration",
          "LoopCond");

  public static final ImmutableSet<String> FUNCTION_CALLS =
      ImmutableSet.of("PartitionedCall", "StatefulPartitionedCall", "SymbolicGradient");

  private OpaqueOperations() {}
}
