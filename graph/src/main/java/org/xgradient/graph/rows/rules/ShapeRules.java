package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** What asks for shapes, and what makes something of given shapes. */
final class ShapeRules {

  /**
   * What is drawn for each entry, as the mask of dropout is: it depends on the place in the batch,
   * which is what makes training random, and no row's values have part in it.
   */
  private static final ImmutableSet<String> DRAWS =
      ImmutableSet.of(
          "StatelessRandomUniform",
          "StatelessRandomUniformV2",
          "StatelessRandomUniformInt",
          "StatelessRandomUniformIntV2",
          "StatelessRandomNormal",
          "StatelessRandomNormalV2",
          "StatelessTruncatedNormal",
          "StatelessTruncatedNormalV2",
          "RandomUniform",
          "RandomUniformInt",
          "RandomStandardNormal",
          "TruncatedNormal");

  static final ImmutableMap<String, RowRule> ALL = all();

  private ShapeRules() {}

  /** {@return whether a type of operation draws at random} */
  static boolean isDrawn(String type) {
    return DRAWS.contains(type);
  }

  /** {@return whether a type of operation asks for a shape} */
  static boolean asks(String type) {
    return ImmutableSet.of("Shape", "ShapeN", "Size", "Rank").contains(type);
  }

  private static ImmutableMap<String, RowRule> all() {
    ImmutableMap.Builder<String, RowRule> rules = ImmutableMap.builder();
    for (String type : DRAWS) {
      rules.put(type, operation -> ofShape(operation, 0));
    }
    return rules
        .put("Shape", ShapeRules::shape)
        .put("ShapeN", ShapeRules::shapes)
        .put("Size", ShapeRules::size)
        .put("Rank", operation -> RowVerdict.of(new Rows.Same()))
        .put("Fill", operation -> ofShape(operation, 0))
        .put("BroadcastTo", ShapeRules::broadcast)
        .put("Tile", ShapeRules::tile)
        .put("Range", ShapeRules::range)
        .put("Transpose", ShapeRules::transpose)
        .put("ExpandDims", ShapeRules::expand)
        .put("Squeeze", ShapeRules::squeeze)
        .put("OneHot", ShapeRules::oneHot)
        .put("Pad", ShapeRules::pad)
        .put("PadV2", ShapeRules::pad)
        .put("MirrorPad", ShapeRules::pad)
        .buildOrThrow();
  }

  private static RowVerdict shape(RowOperation operation) {
    return shape(operation, 0).map(RowVerdict::of).orElseGet(ShapeRules::ofUnknownRank);
  }

  private static RowVerdict ofUnknownRank() {
    return RowVerdict.lost("asks for a shape of an unknown number of dimensions");
  }

  /** The shape of an input, as far as it is known; empty if nobody knows its dimensions. */
  private static Optional<Rows> shape(RowOperation operation, int index) {
    Shape shape = operation.shape(index);
    if (!(operation.rows(index) instanceof Rows.Along along)) {
      return Optional.of(new Rows.Same());
    }
    if (shape.isUnknown()) {
      return Optional.empty();
    }
    ImmutableList.Builder<Size> sizes = ImmutableList.builder();
    for (int i = 0; i < shape.numDimensions(); i++) {
      sizes.add(
          i == along.axis()
              ? Size.rows(along.outer() * along.each())
              : shape.get(i) < 0 ? Size.other() : Size.number(shape.get(i)));
    }
    return Optional.of(new Rows.Sizes(sizes.build()));
  }

  private static RowVerdict shapes(RowOperation operation) {
    ImmutableList.Builder<Rows> shapes = ImmutableList.builder();
    for (int i = 0; i < operation.size(); i++) {
      Optional<Rows> shape = shape(operation, i);
      if (shape.isEmpty()) {
        return ofUnknownRank();
      }
      shapes.add(shape.get());
    }
    return new RowVerdict(shapes.build(), Optional.empty());
  }

  private static RowVerdict size(RowOperation operation) {
    return shape(operation, 0)
        .map(
            shape ->
                shape instanceof Rows.Sizes sizes
                    ? RowVerdict.sizes(
                        List.of(sizes.values().stream().reduce(Size.number(1), Size::times)))
                    : RowVerdict.of(shape))
        .orElseGet(ShapeRules::ofUnknownRank);
  }

  /** What is the same in each row, of the shape that an input says. */
  private static RowVerdict ofShape(RowOperation operation, int index) {
    if (operation.any(Rows.Along.class)) {
      return RowVerdict.lost("fills a shape with values that depend on the inputs");
    }
    return operation
        .sizes(index)
        .map(sizes -> ofSizes(sizes))
        .orElseGet(() -> RowVerdict.lost("has a shape that is not known"));
  }

  private static RowVerdict ofSizes(ImmutableList<Size> sizes) {
    List<Integer> counting = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i).countsRows()) {
        counting.add(i);
      }
    }
    if (counting.isEmpty()) {
      return RowVerdict.of(new Rows.Same());
    }
    int axis = counting.get(0);
    return counting.size() == 1 && sizes.get(axis).isRows()
        ? RowVerdict.along(axis, 1, sizes.get(axis).factor())
        : RowVerdict.lost("has a shape in which the rows are not followed");
  }

  private static RowVerdict broadcast(RowOperation operation) {
    Shape output = operation.outputShape();
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      RowVerdict repeated = ofShape(operation, 1);
      return repeated.outputs().get(0) instanceof Rows.Along rows
              && (output.isUnknown()
                  || !RowAlignment.isTheSameForAllRows(
                      operation, 0, rows.axis() - output.numDimensions() + operation.rank(0)))
          ? RowVerdict.lost("gives each place in the batch a value of its own")
          : repeated;
    }
    if (output.isUnknown() || operation.rank(0) < 0 || operation.rows(1) instanceof Rows.Along) {
      return RowVerdict.lost("has a shape that is not known");
    }
    int axis = along.axis() + output.numDimensions() - operation.rank(0);
    return operation.rows(1) instanceof Rows.Sizes sizes && countsElsewhere(sizes.values(), axis)
        ? RowVerdict.lost("repeats rows as often as there are rows")
        : RowVerdict.of(along.onAxis(axis));
  }

  /** Whether sizes but for that of one axis are made of the number of rows. */
  static boolean countsElsewhere(List<Size> sizes, int axis) {
    for (int i = 0; i < sizes.size(); i++) {
      if (i != axis && sizes.get(i).countsRows()) {
        return true;
      }
    }
    return false;
  }

  private static RowVerdict tile(RowOperation operation) {
    Optional<ImmutableList<Size>> multiples = operation.sizes(1);
    if (multiples.isEmpty()) {
      return RowVerdict.lost("repeats so often as is not known");
    }
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      return tileOfTheSame(operation, multiples.get());
    }
    for (int i = 0; i < multiples.get().size(); i++) {
      if (multiples.get().get(i).countsRows()) {
        return RowVerdict.lost("repeats rows as often as there are rows");
      }
    }
    Size multiple = multiples.get().get(along.axis());
    return multiple.isNumber()
        ? RowVerdict.along(along.axis(), along.outer() * multiple.factor(), along.each())
        : RowVerdict.lost("repeats the batch so often as is not known");
  }

  /** What is the same in all copies, as many as there are rows. */
  private static RowVerdict tileOfTheSame(RowOperation operation, ImmutableList<Size> multiples) {
    RowVerdict copies = ofSizes(multiples);
    if (!(copies.outputs().get(0) instanceof Rows.Along along)) {
      return copies;
    }
    long length = operation.rank(0) < 0 ? -1 : operation.shape(0).get(along.axis());
    return length < 0
        ? RowVerdict.lost("repeats something of unknown size")
        : RowVerdict.along(along.axis(), 1, along.each() * length);
  }

  private static RowVerdict range(RowOperation operation) {
    boolean counts =
        operation.rows().stream().anyMatch(r -> r instanceof Rows.Sizes s && s.countRows());
    return counts || operation.any(Rows.Along.class)
        ? RowVerdict.lost("numbers the rows of the batch")
        : RowVerdict.of(new Rows.Same());
  }

  private static RowVerdict transpose(RowOperation operation) {
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      return RowVerdict.lost("transposes sizes");
    }
    Optional<long[]> order = operation.axes(1, operation.rank(0));
    if (order.isEmpty()) {
      return RowVerdict.lost(operation.withReason("transposes in an order that is not known", 1));
    }
    for (int i = 0; i < order.get().length; i++) {
      if (order.get()[i] == along.axis()) {
        return RowVerdict.of(along.onAxis(i));
      }
    }
    throw new IllegalStateException("an order has all axes");
  }

  private static RowVerdict expand(RowOperation operation) {
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      return RowVerdict.of(operation.rows(0));
    }
    // Counted from behind, -1 is the new last axis.
    return operation
        .axes(1, operation.rank(0) + 1)
        .map(axes -> along.onAxis(along.axis() + (axes[0] <= along.axis() ? 1 : 0)))
        .map(RowVerdict::of)
        .orElseGet(
            () ->
                RowVerdict.lost(
                    operation.withReason("adds an axis in a place that is not known", 1)));
  }

  private static RowVerdict squeeze(RowOperation operation) {
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      return RowVerdict.of(operation.rows(0));
    }
    Shape shape = operation.shape(0);
    if (shape.isUnknown()) {
      return RowVerdict.lost("leaves out axes that are not known");
    }
    int rank = shape.numDimensions();
    long[] named =
        Arrays.stream(operation.attributes().getAttrIntList("squeeze_dims"))
            .map(axis -> axis < 0 ? axis + rank : axis)
            .toArray();
    int before = 0;
    for (int i = 0; i < along.axis(); i++) {
      if (named.length == 0 && shape.get(i) < 0) {
        return RowVerdict.lost("leaves out the axes of length 1, and names none");
      }
      boolean goes = named.length == 0 ? shape.get(i) == 1 : RowOperation.contains(named, i);
      before += goes ? 1 : 0;
    }
    return RowOperation.contains(named, along.axis())
        ? RowVerdict.lost("leaves out the axis of the rows")
        : RowVerdict.of(along.onAxis(along.axis() - before));
  }

  private static RowVerdict oneHot(RowOperation operation) {
    if (!(operation.rows(0) instanceof Rows.Along along)
        || !operation.rows().subList(1, operation.size()).stream()
            .allMatch(Rows.Same.class::isInstance)) {
      return RowVerdict.lost("marks places among the rows");
    }
    long axis = operation.attributes().getAttrInt("axis");
    return RowVerdict.of(along.onAxis(along.axis() + (axis >= 0 && axis <= along.axis() ? 1 : 0)));
  }

  private static RowVerdict pad(RowOperation operation) {
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      return RowVerdict.lost("pads sizes");
    }
    Optional<long[]> paddings = operation.numbers(1);
    if (paddings.isEmpty()) {
      return RowVerdict.lost("pads by numbers that are not known");
    }
    boolean none =
        Arrays.stream(paddings.get(), 2 * along.axis(), 2 * along.axis() + 2)
            .allMatch(padding -> padding == 0);
    return none ? RowVerdict.of(along) : RowVerdict.mixes("adds rows to the batch", along);
  }
}
