package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;

/** Products of matrices, and Einstein sums, which say for each axis what becomes of it. */
final class ProductRules {

  static final ImmutableMap<String, RowRule> ALL =
      ImmutableMap.of(
          "MatMul", operation -> matrices(operation, 2, 2, "transpose_a", "transpose_b"),
          "BatchMatMul", ProductRules::stacked,
          "BatchMatMulV2", ProductRules::stacked,
          "BatchMatMulV3", ProductRules::stacked,
          "Einsum", ProductRules::einsum);

  private static final String SUMS = "sums over the rows of the batch";
  private static final String PAIRS = "multiplies each row of the batch with all others";

  private ProductRules() {}

  private static RowVerdict stacked(RowOperation operation) {
    return operation.rank(0) < 2 || operation.rank(1) < 2
        ? RowVerdict.lost("multiplies matrices of unknown shapes")
        : matrices(operation, operation.rank(0), operation.rank(1), "adj_x", "adj_y");
  }

  private static RowVerdict matrices(
      RowOperation operation, int rank, int otherRank, String flipped, String otherFlipped) {
    String batch = "abcdefghijklmnop".substring(0, Math.max(rank, otherRank) - 2);
    boolean flip = operation.attributes().getAttrBool(flipped);
    boolean flipOther = operation.attributes().getAttrBool(otherFlipped);
    return labelled(
        operation,
        List.of(
            last(batch, rank - 2) + (flip ? "yx" : "xy"),
            last(batch, otherRank - 2) + (flipOther ? "zy" : "yz")),
        batch + "xz");
  }

  private static String last(String labels, int count) {
    return labels.substring(labels.length() - count);
  }

  private static RowVerdict einsum(RowOperation operation) {
    String equation = operation.attributes().getAttrString("equation").replace(" ", "");
    int arrow = equation.indexOf("->");
    if (arrow < 0) {
      return RowVerdict.lost("has an equation without an output");
    }
    List<String> inputs = List.of(equation.substring(0, arrow).split(",", -1));
    String output = equation.substring(arrow + 2);
    int most = 0;
    List<Integer> hidden = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (operation.rank(i) < 0) {
        return RowVerdict.lost("multiplies operands of unknown shapes");
      }
      hidden.add(operation.rank(i) - inputs.get(i).replace("...", "").length());
      most = Math.max(most, hidden.get(i));
    }
    // Digits stand for the axes of an ellipsis, which are counted from the right.
    String digits = "0123456789".substring(0, most);
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      labels.add(inputs.get(i).replace("...", last(digits, hidden.get(i))));
    }
    return labelled(operation, labels, output.replace("...", digits));
  }

  /** With one letter for each axis of each operand and of the output. */
  private static RowVerdict labelled(RowOperation operation, List<String> labels, String output) {
    Rows.Along found = null;
    char label = 0;
    for (int i = 0; i < operation.size(); i++) {
      if (operation.rows(i) instanceof Rows.Along along) {
        char axis = labels.get(i).charAt(along.axis());
        if (labels.get(i).indexOf(axis) != labels.get(i).lastIndexOf(axis)) {
          return RowVerdict.lost("takes each row at a place of its own");
        }
        if (output.indexOf(axis) < 0) {
          return RowVerdict.mixes(SUMS);
        }
        if (found != null && label != axis) {
          return RowVerdict.mixes(PAIRS, found.onAxis(output.indexOf(label)));
        }
        if (found != null && !found.onAxis(0).equals(along.onAxis(0))) {
          return RowVerdict.lost("joins rows in different orders");
        }
        found = along;
        label = axis;
      } else if (operation.rows(i) instanceof Rows.Sizes) {
        return RowVerdict.lost("multiplies sizes");
      }
    }
    if (found == null) {
      return RowVerdict.of(new Rows.Same());
    }
    for (int i = 0; i < operation.size(); i++) {
      int place = labels.get(i).indexOf(label);
      if (operation.rows(i) instanceof Rows.Same
          && place >= 0
          && (operation.shape(i).isUnknown() || operation.shape(i).get(place) != 1)) {
        return RowVerdict.lost("gives each place in the batch a value of its own");
      }
    }
    return RowVerdict.of(found.onAxis(output.indexOf(label)));
  }
}
