package org.xgradient.graph.rows.rules;

/** What the outputs of one type of operation have to do with the rows, given what its inputs do. */
@FunctionalInterface
interface RowRule {

  /**
   * Applies the rule.
   *
   * @param operation the operation, at least one of whose inputs depends on the rows or on how many
   *     there are, and none of which is lost
   * @return what its outputs have to do with the rows
   */
  RowVerdict apply(RowOperation operation);
}
