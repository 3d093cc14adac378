package org.xgradient.graph.walk;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.Tensor;

/** Axes, permutations and sizes that can be read off a graph, with the little that makes them. */
public final class LiteralIntegers {

  private static final ImmutableSet<String> KEEP_VALUES =
      ImmutableSet.of("Identity", "Reshape", "ExpandDims", "Squeeze", "Cast", "EnsureShape");

  private LiteralIntegers() {}

  /**
   * The values of an operand of integers.
   *
   * @param operand the operand
   * @return the values in row-major order; nothing if they can't be read off
   */
  public static Optional<long[]> of(Output<?> operand) {
    GraphOperation operation = (GraphOperation) operand.op();
    if (KEEP_VALUES.contains(operation.type())) {
      return of(operation.input(0));
    }
    return switch (operation.type()) {
      case "Const" -> constant(operation);
      case "Rank" -> rank(operation.input(0));
      case "Pack" -> joined(operation, operation.numInputs());
      case "ConcatV2" -> joined(operation, operation.numInputs() - 1);
      case "Range" -> range(operation);
      default -> Optional.empty();
    };
  }

  private static Optional<long[]> constant(GraphOperation operation) {
    try (Tensor tensor = operation.attributes().getAttrTensor("value")) {
      return TensorNumbers.of(tensor)
          .map(numbers -> Arrays.stream(numbers).mapToLong(number -> (long) number).toArray());
    }
  }

  private static Optional<long[]> rank(Output<?> operand) {
    return operand.shape().isUnknown()
        ? Optional.empty()
        : Optional.of(new long[] {operand.shape().numDimensions()});
  }

  private static Optional<long[]> joined(GraphOperation operation, int count) {
    var parts = IntStream.range(0, count).mapToObj(i -> of(operation.input(i))).toList();
    return parts.stream().allMatch(Optional::isPresent)
        ? Optional.of(
            parts.stream().flatMapToLong(part -> Arrays.stream(part.orElseThrow())).toArray())
        : Optional.empty();
  }

  private static Optional<long[]> range(GraphOperation operation) {
    return joined(operation, 3)
        .filter(bounds -> bounds[2] == 1)
        .map(bounds -> LongStream.range(bounds[0], bounds[1]).toArray());
  }
}
