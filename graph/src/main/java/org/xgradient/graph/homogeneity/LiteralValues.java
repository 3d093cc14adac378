package org.xgradient.graph.homogeneity;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;
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

  /** The types of operation that give zeros for zeros, with the input that must be zero. */
  private static final ImmutableMap<String, Integer> KEEP_ZERO =
      ImmutableMap.<String, Integer>builder()
          .put("Fill", 1)
          .put("BroadcastTo", 0)
          .put("Tile", 0)
          .put("Transpose", 0)
          .put("Cast", 0)
          .put("Neg", 0)
          .buildOrThrow();

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
    GraphOperation operation = (GraphOperation) operand.op();
    while (KEEP_VALUES.contains(operation.type()) || KEEP_ZERO.containsKey(operation.type())) {
      int index = KEEP_ZERO.getOrDefault(operation.type(), 0);
      operation = (GraphOperation) operation.input(index).op();
    }
    return operation.type().equals("ZerosLike")
        || of(operation.output(0))
            .map(values -> Arrays.stream(values).allMatch(value -> value == 0))
            .orElse(false);
  }
}
