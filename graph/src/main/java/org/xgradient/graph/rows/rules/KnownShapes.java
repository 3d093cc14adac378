package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;

/**
 * The shapes of the tensors of a walk, as far as they are known: what TensorFlow says, and what
 * follows from sizes that it does not follow, such as those that a dense layer on sequences gathers
 * from the shape of its input and reshapes back to.
 */
final class KnownShapes {

  private static final ImmutableSet<String> LIKE_THE_FIRST =
      ImmutableSet.of("BiasAdd", "BiasAddV1", "Softmax", "LogSoftmax", "LRN", "Cumsum");

  private final Map<Output<?>, Shape> beyond = new HashMap<>();

  /** {@return what is known of the shape of a tensor} */
  Shape of(Output<?> tensor) {
    return beyond.getOrDefault(tensor, tensor.shape());
  }

  /** Takes an operation whose operands were taken. */
  void add(RowOperation operation) {
    Output<?> output = operation.operation().output(0);
    Shape said = output.shape();
    if (isVague(said)) {
      found(operation).map(found -> merged(said, found)).ifPresent(known -> put(output, known));
    }
  }

  /** The first axis is that of the rows as a rule, of which nothing more can be known. */
  private static boolean isVague(Shape said) {
    return said.isUnknown()
        || Arrays.stream(said.asArray()).skip(1).anyMatch(length -> length == Shape.UNKNOWN_SIZE);
  }

  private void put(Output<?> output, Shape known) {
    if (!known.equals(output.shape())) {
      beyond.put(output, known);
    }
  }

  private static Shape merged(Shape said, long[] found) {
    if (said.isUnknown()) {
      return Shape.of(found);
    }
    long[] merged = said.asArray();
    for (int i = 0; i < merged.length && merged.length == found.length; i++) {
      merged[i] = merged[i] < 0 ? found[i] : merged[i];
    }
    return Shape.of(merged);
  }

  private static Optional<long[]> found(RowOperation operation) {
    String type = operation.type();
    if (ElementRules.TYPES.contains(type)) {
      return broadcast(operation);
    }
    if (LIKE_THE_FIRST.contains(type)) {
      return first(operation);
    }
    return switch (type) {
      case "Reshape" ->
          operation.sizes(1).map(sizes -> sizes.stream().mapToLong(KnownShapes::length).toArray());
      case "ConcatV2" -> concatenated(operation);
      case "Squeeze" -> squeezed(operation);
      case "Transpose" -> transposed(operation);
      case "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3" -> product(operation);
      case "Sum", "Mean", "Max", "Min", "Prod" -> reduced(operation);
      default -> Optional.empty();
    };
  }

  private static long length(Size size) {
    return size.isNumber() && !size.isLeft() ? size.factor() : Shape.UNKNOWN_SIZE;
  }

  private static Optional<long[]> first(RowOperation operation) {
    return operation.rank(0) < 0
        ? Optional.empty()
        : Optional.of(operation.shape(0).asArray().clone());
  }

  /** Of operands that are repeated along axes of length 1, as numpy does. */
  private static Optional<long[]> broadcast(RowOperation operation) {
    int rank = 0;
    for (int i = 0; i < operation.size(); i++) {
      if (operation.rank(i) < 0) {
        return Optional.empty();
      }
      rank = Math.max(rank, operation.rank(i));
    }
    long[] lengths = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      List<Long> given = new ArrayList<>();
      for (int i = 0; i < operation.size(); i++) {
        int own = axis - rank + operation.rank(i);
        if (own >= 0) {
          given.add(operation.shape(i).get(own));
        }
      }
      lengths[axis] = joined(given);
    }
    return Optional.of(lengths);
  }

  private static long joined(List<Long> lengths) {
    return lengths.stream()
        .filter(length -> length > 1 || length == 0)
        .findFirst()
        .orElse(lengths.stream().allMatch(length -> length == 1) ? 1L : Shape.UNKNOWN_SIZE);
  }

  /**
   * Without the axes of length 1 where none are named. The axis of the rows is taken to stay: it is
   * left out of a batch of one row only, which has no neighbours.
   */
  private static Optional<long[]> squeezed(RowOperation operation) {
    if (operation.rank(0) < 0
        || operation.attributes().getAttrIntList("squeeze_dims").length > 0
        || !(operation.rows(0) instanceof Rows.Along along)) {
      return Optional.empty();
    }
    long[] lengths = operation.shape(0).asArray();
    List<Long> left = new ArrayList<>();
    for (int axis = 0; axis < lengths.length; axis++) {
      if (axis == along.axis() || lengths[axis] > 1) {
        left.add(lengths[axis]);
      } else if (lengths[axis] != 1) {
        return Optional.empty();
      }
    }
    return Optional.of(left.stream().mapToLong(Long::longValue).toArray());
  }

  private static Optional<long[]> concatenated(RowOperation operation) {
    int parts = operation.size() - 1;
    int rank = operation.rank(0);
    Optional<long[]> axis = operation.axes(parts, rank);
    if (axis.isEmpty()) {
      return Optional.empty();
    }
    long[] lengths = operation.shape(0).asArray().clone();
    int along = Math.toIntExact(axis.get()[0]);
    for (int part = 1; part < parts; part++) {
      if (operation.rank(part) != rank) {
        return Optional.empty();
      }
      for (int i = 0; i < rank; i++) {
        long length = operation.shape(part).get(i);
        if (i != along) {
          lengths[i] = lengths[i] < 0 ? length : lengths[i];
        } else {
          lengths[i] = lengths[i] < 0 || length < 0 ? Shape.UNKNOWN_SIZE : lengths[i] + length;
        }
      }
    }
    return Optional.of(lengths);
  }

  private static Optional<long[]> transposed(RowOperation operation) {
    return operation
        .axes(1, operation.rank(0))
        .map(
            order ->
                Arrays.stream(order)
                    .map(axis -> operation.shape(0).get(Math.toIntExact(axis)))
                    .toArray());
  }

  private static Optional<long[]> product(RowOperation operation) {
    int rank = operation.rank(0);
    if (rank < 2 || rank != operation.rank(1)) {
      return Optional.empty();
    }
    long[] lengths = new long[rank];
    for (int axis = 0; axis < rank - 2; axis++) {
      lengths[axis] =
          joined(ImmutableList.of(operation.shape(0).get(axis), operation.shape(1).get(axis)));
    }
    boolean flips = operation.attributes().getAttrBool("adj_x");
    boolean flipsOther = operation.attributes().getAttrBool("adj_y");
    lengths[rank - 2] = operation.shape(0).get(flips ? rank - 1 : rank - 2);
    lengths[rank - 1] = operation.shape(1).get(flipsOther ? rank - 2 : rank - 1);
    return Optional.of(lengths);
  }

  private static Optional<long[]> reduced(RowOperation operation) {
    boolean keeps = operation.attributes().getAttrBool("keep_dims");
    return operation
        .axes(1, operation.rank(0))
        .map(
            axes -> {
              long[] lengths = operation.shape(0).asArray();
              List<Long> left = new ArrayList<>();
              for (int axis = 0; axis < lengths.length; axis++) {
                boolean goes = RowOperation.contains(axes, axis);
                if (!goes || keeps) {
                  left.add(goes ? 1 : lengths[axis]);
                }
              }
              return left.stream().mapToLong(Long::longValue).toArray();
            });
  }
}
