package org.xgradient.graph.homogeneity;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.xgradient.graph.homogeneity.rules.OperandValues;
import org.xgradient.graph.walk.TensorNumbers;

/** Values that can be read off the graph: those of its constants. */
final class LiteralValues implements OperandValues {

  private static final ImmutableSet<String> KEEP_VALUES =
      ImmutableSet.of(
          "Identity",
          "Snapshot",
          "EnsureShape",
          "Reshape",
          "ExpandDims",
          "Squeeze",
          "StopGradient");

  /**
   * The types of operation that give nothing but zeros and infinities of what is nothing else, with
   * the inputs that must be so.
   */
  private static final ImmutableMap<String, ImmutableList<Integer>> KEEP_EXTREMES =
      ImmutableMap.<String, ImmutableList<Integer>>builder()
          .put("Fill", ImmutableList.of(1))
          .put("BroadcastTo", ImmutableList.of(0))
          .put("Tile", ImmutableList.of(0))
          .put("Transpose", ImmutableList.of(0))
          .put("Cast", ImmutableList.of(0))
          .put("Neg", ImmutableList.of(0))
          .put("Relu", ImmutableList.of(0))
          .put("Select", ImmutableList.of(1, 2))
          .put("SelectV2", ImmutableList.of(1, 2))
          .buildOrThrow();

  /** What is zero if one of its two factors is. */
  private static final ImmutableSet<String> PRODUCTS =
      ImmutableSet.of(
          "Mul",
          "MulNoNan",
          "MatMul",
          "BatchMatMul",
          "BatchMatMulV2",
          "BatchMatMulV3",
          "Conv1D",
          "Conv2D");

  @Override
  public Optional<double[]> of(Output<?> operand) {
    GraphOperation operation = (GraphOperation) operand.op();
    while (KEEP_VALUES.contains(operation.type())) {
      operation = (GraphOperation) operation.input(0).op();
    }
    if (!operation.type().equals("Const")) {
      return Optional.empty();
    }
    try (Tensor tensor = operation.attributes().getAttrTensor("value")) {
      return TensorNumbers.of(tensor);
    }
  }

  @Override
  public boolean isZero(Output<?> operand) {
    return consistsOf(value -> value == 0, operand);
  }

  @Override
  public boolean isZeroOrInfinite(Output<?> operand) {
    return consistsOf(value -> value == 0 || Double.isInfinite(value), operand);
  }

  private boolean consistsOf(DoublePredicate extreme, Output<?> operand) {
    GraphOperation operation = (GraphOperation) operand.op();
    String type = operation.type();
    if (KEEP_VALUES.contains(type)) {
      return consistsOf(extreme, operation.input(0));
    }
    if (KEEP_EXTREMES.containsKey(type)) {
      return KEEP_EXTREMES.get(type).stream()
          .allMatch(index -> consistsOf(extreme, operation.input(index)));
    }
    if (PRODUCTS.contains(type)) {
      return isZero(operation.input(0)) || isZero(operation.input(1));
    }
    return type.equals("ZerosLike")
        || of(operand).map(values -> Arrays.stream(values).allMatch(extreme)).orElse(false);
  }
}
