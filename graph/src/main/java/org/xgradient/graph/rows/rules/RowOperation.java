package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.ndarray.Shape;
import org.xgradient.graph.walk.LiteralIntegers;

/**
 * An operation and what its inputs have to do with the rows: what a rule sees.
 *
 * @param operation the operation
 * @param rows what its inputs have to do with the rows, in their order
 * @param shapes the shapes of tensors, as far as they are known
 */
record RowOperation(GraphOperation operation, ImmutableList<Rows> rows, KnownShapes shapes) {

  String type() {
    return operation.type();
  }

  OperationAttributeInspector attributes() {
    return operation.attributes();
  }

  int size() {
    return rows.size();
  }

  Rows rows(int index) {
    return rows.get(index);
  }

  boolean any(Class<? extends Rows> kind) {
    return rows.stream().anyMatch(kind::isInstance);
  }

  /** {@return whether another input than one depends on what is in the rows} */
  boolean othersHaveRows(int index) {
    for (int i = 0; i < rows.size(); i++) {
      if (i != index && rows(i) instanceof Rows.Along) {
        return true;
      }
    }
    return false;
  }

  Shape shape(int index) {
    return shapes.of(operation.input(index));
  }

  Shape outputShape() {
    return shapes.of(operation.output(0));
  }

  /** {@return the number of dimensions of an input; -1 if it is not known} */
  int rank(int index) {
    return shape(index).isUnknown() ? -1 : shape(index).numDimensions();
  }

  /** {@return the integers of an input, if they are constants} */
  Optional<long[]> numbers(int index) {
    return rows(index) instanceof Rows.Same
        ? LiteralIntegers.of(operation.input(index))
        : Optional.empty();
  }

  /** {@return the integers of an input, as far as they are known} */
  Optional<ImmutableList<Size>> sizes(int index) {
    if (rows(index) instanceof Rows.Sizes sizes) {
      return Optional.of(sizes.values());
    }
    return numbers(index)
        .map(
            numbers ->
                Arrays.stream(numbers)
                    .mapToObj(Size::number)
                    .collect(ImmutableList.toImmutableList()));
  }

  /** {@return the axes that an input names, counted from 0 of an operand of some rank} */
  Optional<long[]> axes(int index, int rank) {
    return rank < 0
        ? Optional.empty()
        : numbers(index)
            .map(axes -> Arrays.stream(axes).map(axis -> axis < 0 ? axis + rank : axis).toArray());
  }

  /** {@return what is not known of axes, and why, if it is not the axes that an input names} */
  String withReason(String unknown, int index) {
    return numbers(index).isPresent() ? unknown + ", for the number of dimensions is not" : unknown;
  }

  static boolean contains(long[] axes, int axis) {
    return Arrays.stream(axes).anyMatch(a -> a == axis);
  }
}
