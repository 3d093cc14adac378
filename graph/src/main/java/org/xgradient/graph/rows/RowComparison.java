package org.xgradient.graph.rows;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.walk.GraphWalk;
import org.xgradient.graph.walk.Rounding;

/** Whether what a row gives in one batch is what it gives in another. */
final class RowComparison {

  /**
   * Kernels sum in an order that depends on the size of the batch. Sums of some thousand terms then
   * differ by some 1e-6 of the largest output, a hundredth of this.
   */
  private static final double TOLERANCE = 1e-4;

  /** In numbers that are coarser than that, a few layers may each round to another one. */
  private static final double ROUNDINGS = 8;

  private RowComparison() {}

  /**
   * {@return whether what is computed is drawn, as by dropout in training mode, which is exempt}
   */
  static boolean isDrawn(Operand<?> computed) {
    return GraphWalk.ancestors(List.of(computed)).stream()
        .map(GraphOperation::type)
        .anyMatch(type -> type.contains("Random") || type.contains("Truncated"));
  }

  /**
   * {@return how far apart what is computed of one row may be, as a share of the largest number}
   */
  static double tolerance(Operand<?> computed) {
    double rounding = Rounding.of(GraphWalk.ancestors(List.of(computed)));
    return Math.max(TOLERANCE, ROUNDINGS * rounding);
  }

  /**
   * Compares.
   *
   * @param tolerance how far apart numbers may be, as a share of the largest
   * @param where where the row was found, for the message
   * @return the first number that differs; empty if none does, or the two are of other sizes, as
   *     where rows are filled up to the longest of a batch
   */
  static Optional<String> difference(
      double tolerance,
      FloatArray found,
      int foundRow,
      FloatArray expected,
      int expectedRow,
      String where) {
    int outputs = expected.rowSize();
    if (outputs != found.rowSize()) {
      return Optional.empty();
    }
    double largest = 0;
    for (int i = 0; i < outputs; i++) {
      largest = Math.max(largest, Math.abs(expected.values()[expectedRow * outputs + i]));
      largest = Math.max(largest, Math.abs(found.values()[foundRow * outputs + i]));
    }
    for (int i = 0; i < outputs; i++) {
      double one = expected.values()[expectedRow * outputs + i];
      double other = found.values()[foundRow * outputs + i];
      boolean same =
          Double.compare(one, other) == 0 || Math.abs(one - other) <= tolerance * largest;
      if (!same) {
        return Optional.of(
            String.format(
                Locale.ROOT, "output %d of a row is %.6g, and %.6g %s", i, one, other, where));
      }
    }
    return Optional.empty();
  }
}
