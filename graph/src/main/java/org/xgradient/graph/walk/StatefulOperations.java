package org.xgradient.graph.walk;

import com.google.common.collect.ImmutableSet;

/** Operations with a state: those that give the same value in every run, and those that may not. */
public final class StatefulOperations {

  /**
   * Reading a variable gives what was assigned last, and no run of a forward pass assigns; nor does
   * one fill a table. A check that fails gives nothing.
   */
  public static final ImmutableSet<String> KEEP_THEIR_VALUE =
      ImmutableSet.of(
          "VarHandleOp",
          "ReadVariableOp",
          "VariableShape",
          "ResourceGather",
          "ResourceGatherNd",
          "VarIsInitializedOp",
          "Variable",
          "VariableV2",
          "HashTableV2",
          "MutableHashTableV2",
          "LookupTableFindV2",
          "LookupTableSizeV2",
          "CheckNumerics");

  private StatefulOperations() {}

  /**
   * {@return whether an operation may give another value in the next run, from the same inputs}
   *
   * <p>A model with one on the way from its parameters to its logits, such as a stateful random
   * operation, is no function of its inputs, and so can't be a homogeneous one.
   *
   * @param type the type of the operation
   */
  public static boolean mayChange(String type) {
    return RegisteredOperations.isStateful(type) && !KEEP_THEIR_VALUE.contains(type);
  }

  /**
   * {@return whether an operation gives a variable, or what is in a table, a new value}
   *
   * @param type the type of the operation
   */
  static boolean isAssignment(String type) {
    return type.startsWith("Assign")
        || type.startsWith("ResourceApply")
        || type.startsWith("ResourceScatter")
        || type.startsWith("ResourceStridedSliceAssign")
        || type.startsWith("LookupTableInsert")
        || type.startsWith("LookupTableRemove")
        || type.startsWith("LookupTableImport");
  }
}
