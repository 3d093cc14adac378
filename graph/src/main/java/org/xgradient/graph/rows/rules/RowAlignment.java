package org.xgradient.graph.rows.rules;

import java.util.Arrays;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.xgradient.graph.walk.TensorNumbers;

/** Whether operands that are joined entry by entry have their rows in the same places. */
final class RowAlignment {

  private RowAlignment() {}

  /**
   * Of operands whose last dimensions are joined.
   *
   * @param operation the operation, at least one of whose operands has rows
   * @param operands the indices of the operands
   * @param rank the number of dimensions of the output
   * @return where the output has its rows
   */
  static RowVerdict fromTheRight(RowOperation operation, int[] operands, int rank) {
    Rows.Along found = null;
    for (int i : operands) {
      if (operation.rows(i) instanceof Rows.Sizes sizes && sizes.countRows()) {
        return RowVerdict.lost("joins sizes and rows");
      }
    }
    for (int i : operands) {
      if (operation.rows(i) instanceof Rows.Along along) {
        if (operation.rank(i) < 0) {
          return RowVerdict.lost("has operands of unknown shapes");
        }
        Rows.Along moved = along.onAxis(along.axis() + rank - operation.rank(i));
        if (found != null && found.axis() != moved.axis()) {
          return RowVerdict.mixes("puts each row together with all others", found);
        }
        if (found != null && !found.equals(moved)) {
          return RowVerdict.lost("joins rows in different orders");
        }
        found = moved;
      }
    }
    if (found == null) {
      return RowVerdict.of(new Rows.Same());
    }
    int axis = found.axis();
    for (int i : operands) {
      if (!(operation.rows(i) instanceof Rows.Along)
          && !isTheSameForAllRows(operation, i, axis - rank + operation.rank(i))) {
        return RowVerdict.lost("gives each place in the batch a value of its own");
      }
    }
    return RowVerdict.of(found);
  }

  /**
   * Of operands that are joined as they are.
   *
   * @param operation the operation, at least one of whose operands has rows
   * @param operands the indices of the operands, all of one rank
   * @return where they have their rows
   */
  static RowVerdict ofOneRank(RowOperation operation, int[] operands) {
    int rank = Arrays.stream(operands).map(operation::rank).max().orElse(-1);
    return rank < 0
        ? RowVerdict.lost("has operands of unknown shapes")
        : fromTheRight(operation, operands, rank);
  }

  /** Whether an operand that does not depend on the rows has one entry for all of them. */
  static boolean isTheSameForAllRows(RowOperation operation, int operand, int axis) {
    if (operation.rank(operand) < 0) {
      return false;
    }
    if (axis < 0 || operation.shape(operand).get(axis) == 1) {
      return true;
    }
    return isUniform(operation.operation().input(operand));
  }

  private static boolean isUniform(Output<?> operand) {
    GraphOperation operation = (GraphOperation) operand.op();
    return switch (operation.type()) {
      case "Fill", "ZerosLike", "OnesLike" -> true;
      case "Identity", "BroadcastTo", "Tile", "Reshape", "Cast" -> isUniform(operation.input(0));
      case "Const" -> {
        try (Tensor tensor = operation.attributes().getAttrTensor("value")) {
          yield TensorNumbers.of(tensor)
              .map(values -> Arrays.stream(values).distinct().count() <= 1)
              .orElse(false);
        }
      }
      default -> false;
    };
  }
}
