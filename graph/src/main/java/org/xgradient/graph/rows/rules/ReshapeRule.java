package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * A reshape keeps the order of all entries: with {@code before} entries for each step along the
 * rows and {@code after} entries in each, rows stay apart where the new shape has an axis whose
 * neighbours on both sides divide these two.
 */
final class ReshapeRule {

  static final ImmutableMap<String, RowRule> ALL = ImmutableMap.of("Reshape", ReshapeRule::reshape);

  private static final long UNKNOWN = -1;

  private ReshapeRule() {}

  private static RowVerdict reshape(RowOperation operation) {
    if (operation.rows(0) instanceof Rows.Sizes) {
      return RowVerdict.of(operation.rows(0));
    }
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      return operation.rows(1) instanceof Rows.Sizes sizes && sizes.countRows()
          ? RowVerdict.lost("shares out one value among the rows")
          : RowVerdict.of(new Rows.Same());
    }
    Shape from = operation.shape(0);
    Optional<List<Size>> to = target(operation);
    if (from.isUnknown() || to.isEmpty()) {
      return RowVerdict.lost("reshapes to a shape that is not known");
    }
    long before = product(from, 0, along.axis(), along.outer());
    long after = product(from, along.axis() + 1, from.numDimensions(), along.each());
    return reshape(before, after, to.get());
  }

  /** What the shape operand says, and what TensorFlow knows of the outcome besides. */
  private static Optional<List<Size>> target(RowOperation operation) {
    Optional<ImmutableList<Size>> said = operation.sizes(1);
    Shape shape = operation.outputShape();
    if (said.isEmpty() && shape.isUnknown()) {
      return Optional.empty();
    }
    int rank = said.isPresent() ? said.get().size() : shape.numDimensions();
    List<Size> target = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Size size = said.isPresent() ? said.get().get(i) : Size.other();
      boolean vague = size.isLeft() || size.kind() == Size.Kind.OTHER;
      boolean known = !shape.isUnknown() && shape.get(i) >= 0;
      target.add(vague && known ? Size.number(shape.get(i)) : size);
    }
    return Optional.of(target);
  }

  private static RowVerdict reshape(long before, long after, List<Size> to) {
    List<Integer> open = new ArrayList<>();
    List<Integer> counting = new ArrayList<>();
    for (int i = 0; i < to.size(); i++) {
      if (to.get(i).countsRows()) {
        counting.add(i);
      } else if (!to.get(i).isNumber() || to.get(i).isLeft()) {
        open.add(i);
      }
    }
    if (counting.size() == 1 && open.size() <= 1 && to.get(counting.get(0)).isRows()) {
      return named(to, counting.get(0), before, after);
    }
    if (counting.isEmpty() && open.size() == 1) {
      return found(to, open.get(0), before, after);
    }
    if (counting.isEmpty() && open.isEmpty()) {
      return searched(to, before, after);
    }
    return to.size() == 1
        ? found(to, 0, before, after)
        : RowVerdict.lost("reshapes to a shape in which the rows are not followed");
  }

  /** The new axis of the rows is a known multiple of them; at most one other is open. */
  private static RowVerdict named(List<Size> to, int axis, long before, long after) {
    long factor = to.get(axis).factor();
    long newBefore = product(to, 0, axis);
    long newAfter = product(to, axis + 1, to.size());
    if (newBefore > 0 && before > 0 && before % newBefore == 0) {
      long outer = before / newBefore;
      long each = factor / outer;
      boolean fits = newAfter == UNKNOWN || after == UNKNOWN || after == each * newAfter;
      if (outer * each == factor && fits && (after == UNKNOWN || after % each == 0)) {
        return after == UNKNOWN && each != 1
            ? RowVerdict.lost("reshapes entries of unknown number")
            : RowVerdict.along(axis, outer, each);
      }
    }
    if (newAfter > 0 && after > 0 && after % newAfter == 0) {
      long each = after / newAfter;
      long outer = factor / each;
      if (outer * each == factor && before > 0 && before % outer == 0) {
        return RowVerdict.along(axis, outer, each);
      }
    }
    return before > 0 && after > 0
        ? mixed()
        : RowVerdict.lost("reshapes entries of unknown number");
  }

  /** The new axis of the rows is the one whose size is left open. */
  private static RowVerdict found(List<Size> to, int axis, long before, long after) {
    long newBefore = product(to, 0, axis);
    long newAfter = product(to, axis + 1, to.size());
    if (before <= 0 || after <= 0 || newBefore <= 0 || newAfter <= 0) {
      return RowVerdict.lost("reshapes entries of unknown number");
    }
    return before % newBefore == 0 && after % newAfter == 0
        ? RowVerdict.along(axis, before / newBefore, after / newAfter)
        : mixed();
  }

  /** All sizes are numbers: the batch is of a fixed size. */
  private static RowVerdict searched(List<Size> to, long before, long after) {
    if (before <= 0 || after <= 0) {
      return RowVerdict.lost("reshapes entries of unknown number");
    }
    for (int axis = 0; axis < to.size(); axis++) {
      long newBefore = product(to, 0, axis);
      long newAfter = product(to, axis + 1, to.size());
      if (newBefore > 0 && newAfter > 0 && before % newBefore == 0 && after % newAfter == 0) {
        return RowVerdict.along(axis, before / newBefore, after / newAfter);
      }
    }
    return mixed();
  }

  private static RowVerdict mixed() {
    return RowVerdict.mixes("reshapes such that rows of the batch run into one another");
  }

  private static long product(Shape shape, int from, int to, long factor) {
    long product = factor;
    for (int i = from; i < to; i++) {
      if (shape.get(i) < 0) {
        return UNKNOWN;
      }
      product *= shape.get(i);
    }
    return product;
  }

  private static long product(List<Size> sizes, int from, int to) {
    long product = 1;
    for (Size size : sizes.subList(from, to)) {
      if (!size.isNumber() || size.isLeft()) {
        return UNKNOWN;
      }
      product *= size.factor();
    }
    return product;
  }
}
