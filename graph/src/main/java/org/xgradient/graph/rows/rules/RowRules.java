package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import org.tensorflow.ndarray.Shape;

/** The rules by the type of operation. What has no rule is not followed. */
final class RowRules {

  private static final ImmutableMap<String, RowRule> ALL =
      ImmutableMap.<String, RowRule>builder()
          .putAll(ElementRules.ALL)
          .putAll(AxisRules.ALL)
          .putAll(ShapeRules.ALL)
          .putAll(ReshapeRule.ALL)
          .putAll(SliceRules.ALL)
          .putAll(GatherRules.ALL)
          .putAll(WindowRules.ALL)
          .putAll(ProductRules.ALL)
          .putAll(ReadingRules.ALL)
          .buildOrThrow();

  /**
   * The operands whose rule knows what to do with numbers that are made of the number of rows, by
   * the type of operation; of all others they are nothing that is followed.
   */
  private static final ImmutableSetMultimap<String, Integer> COUNTING =
      ImmutableSetMultimap.<String, Integer>builder()
          .put("Reshape", 0)
          .put("Reshape", 1)
          .put("BroadcastTo", 1)
          .put("Tile", 1)
          .put("Fill", 0)
          .put("ExpandDims", 0)
          .put("Squeeze", 0)
          .put("Unpack", 0)
          .put("Gather", 0)
          .put("GatherV2", 0)
          .put("Conv2DBackpropInput", 0)
          .putAll("Slice", 0, 1, 2)
          .putAll("StridedSlice", 0, 1, 2, 3)
          .build();

  private RowRules() {}

  /** {@return the types of operation that have a rule} */
  static ImmutableSet<String> types() {
    return ALL.keySet();
  }

  /**
   * Judges an operation.
   *
   * @param operation the operation
   * @return what its outputs have to do with the rows
   */
  static RowVerdict judge(RowOperation operation) {
    if (operation.any(Rows.Lost.class)) {
      return RowVerdict.of(new Rows.Lost());
    }
    if (!operation.any(Rows.Along.class) && !operation.any(Rows.Sizes.class)) {
      return RowVerdict.of(new Rows.Same());
    }
    if (takesCounts(operation)) {
      return RowVerdict.lost("takes numbers that are made of the number of rows");
    }
    RowVerdict verdict =
        ALL.getOrDefault(
                operation.type(),
                any -> RowVerdict.lost("is not an operation in which rows are followed"))
            .apply(operation);
    return tabulates(operation, verdict)
        ? RowVerdict.lost("makes a table of numbers of rows")
        : verdict;
  }

  /** Sizes are followed as vectors; in a table of them their places would be lost. */
  private static boolean tabulates(RowOperation operation, RowVerdict verdict) {
    for (int i = 0; i < operation.operation().numOutputs(); i++) {
      Rows rows = verdict.outputs().get(Math.min(i, verdict.outputs().size() - 1));
      if (rows instanceof Rows.Sizes sizes && sizes.countRows()) {
        Shape shape = operation.operation().output(i).shape();
        boolean vector = !shape.isUnknown() && shape.numDimensions() <= 1;
        if (!vector && sizes.values().size() != 1) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean takesCounts(RowOperation operation) {
    if (!ALL.containsKey(operation.type()) || takesAll(operation.type())) {
      return false;
    }
    for (int i = 0; i < operation.size(); i++) {
      if (operation.rows(i) instanceof Rows.Sizes sizes
          && sizes.countRows()
          && !COUNTING.containsEntry(operation.type(), i)
          && !(i == 0 && ShapeRules.isDrawn(operation.type()))) {
        return true;
      }
    }
    return false;
  }

  /** Those that compute with sizes, join them or ask for theirs. */
  private static boolean takesAll(String type) {
    return ElementRules.ALL.containsKey(type)
        || AxisRules.joins(type)
        || AxisRules.reduces(type)
        || ShapeRules.asks(type)
        || type.equals("Range");
  }
}
