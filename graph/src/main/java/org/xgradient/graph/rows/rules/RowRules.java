package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

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
          .buildOrThrow();

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
    return ALL.getOrDefault(
            operation.type(),
            any -> RowVerdict.lost("is not an operation in which rows are followed"))
        .apply(operation);
  }
}
