package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What works along axes: reductions, cumulative sums, sorting, reversing, joining, splitting. */
final class AxisRules {

  private static final ImmutableSet<String> REDUCTIONS =
      ImmutableSet.of("Sum", "Mean", "Max", "Min", "Prod", "All", "Any", "EuclideanNorm");

  private static final ImmutableSet<String> ALONG_THE_LAST =
      ImmutableSet.of("Softmax", "LogSoftmax", "TopK", "TopKV2");

  private static final ImmutableSet<String> OF_SEGMENTS =
      ImmutableSet.of(
          "SegmentSum",
          "SegmentMean",
          "SegmentMax",
          "SegmentMin",
          "SegmentProd",
          "UnsortedSegmentSum");

  static final ImmutableMap<String, RowRule> ALL = all();

  private AxisRules() {}

  /** {@return whether a type of operation reduces along axes} */
  static boolean reduces(String type) {
    return REDUCTIONS.contains(type);
  }

  /** {@return whether a type of operation puts its operands side by side} */
  static boolean joins(String type) {
    return type.startsWith("Concat") || type.equals("Pack");
  }

  private static ImmutableMap<String, RowRule> all() {
    ImmutableMap.Builder<String, RowRule> rules = ImmutableMap.builder();
    for (String type : REDUCTIONS) {
      rules.put(type, AxisRules::reduction);
    }
    for (String type : ALONG_THE_LAST) {
      rules.put(type, operation -> matrix(operation, 1, "compares the rows of the batch"));
    }
    for (String type : OF_SEGMENTS) {
      rules.put(type, AxisRules::segments);
    }
    return rules
        .put("ArgMax", AxisRules::position)
        .put("ArgMin", AxisRules::position)
        .put("L2Loss", operation -> RowVerdict.mixes("sums over the rows of the batch"))
        .put("Cumsum", operation -> along(operation, 1, "sums over the rows of the batch"))
        .put("Cumprod", operation -> along(operation, 1, "multiplies the rows of the batch"))
        .put("ReverseV2", operation -> along(operation, 1, "reverses the order of the rows"))
        .put("Roll", operation -> along(operation, 2, "shifts the rows of the batch"))
        .put("Reverse", AxisRules::reverse)
        .put("MatrixBandPart", operation -> matrix(operation, 2, "takes a band of the batch"))
        .put("ConcatV2", operation -> concatenation(operation, 0, operation.size() - 1))
        .put("Concat", operation -> concatenation(operation, 1, operation.size()))
        .put("Pack", AxisRules::pack)
        .put("Unpack", AxisRules::unpack)
        .put("Split", operation -> split(operation, 1, 0))
        .put("SplitV", operation -> split(operation, 0, 2))
        .buildOrThrow();
  }

  private static RowVerdict reduction(RowOperation operation) {
    if (operation.rows(0) instanceof Rows.Sizes sizes) {
      return operation.type().equals("Prod")
          ? RowVerdict.sizes(List.of(sizes.values().stream().reduce(Size.number(1), Size::times)))
          : RowVerdict.sizes(List.of(sizes.countRows() ? Size.tangled() : Size.other()));
    }
    Optional<long[]> axes = operation.axes(1, operation.rank(0));
    if (!(operation.rows(0) instanceof Rows.Along along) || axes.isEmpty()) {
      return RowVerdict.lost(operation.withReason("reduces over axes that are not known", 1));
    }
    if (RowOperation.contains(axes.get(), along.axis())) {
      return RowVerdict.mixesWithin("reduces over the rows of the batch", new Rows.Same());
    }
    if (operation.attributes().getAttrBool("keep_dims")) {
      return RowVerdict.of(along);
    }
    long before = Arrays.stream(axes.get()).distinct().filter(a -> a < along.axis()).count();
    return RowVerdict.of(along.onAxis(along.axis() - (int) before));
  }

  private static RowVerdict position(RowOperation operation) {
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      return RowVerdict.lost("looks for extrema of sizes");
    }
    Optional<long[]> axes = operation.axes(1, operation.rank(0));
    if (axes.isEmpty()) {
      return RowVerdict.lost(operation.withReason("looks along an axis that is not known", 1));
    }
    long axis = axes.get()[0];
    return axis == along.axis()
        ? RowVerdict.mixes("compares the rows of the batch")
        : RowVerdict.of(along.onAxis(along.axis() - (axis < along.axis() ? 1 : 0)));
  }

  /** What mixes the entries along the axes that an input names, and keeps the shape. */
  private static RowVerdict along(RowOperation operation, int axesAt, String reason) {
    if (!(operation.rows(0) instanceof Rows.Along along) || operation.othersHaveRows(0)) {
      return RowVerdict.lost("works along an axis of sizes, or by numbers of the rows");
    }
    Optional<long[]> axes = operation.axes(axesAt, operation.rank(0));
    if (axes.isEmpty()) {
      return RowVerdict.lost(operation.withReason("works along axes that are not known", axesAt));
    }
    return RowOperation.contains(axes.get(), along.axis())
        ? RowVerdict.mixesWithin(reason, along)
        : RowVerdict.of(along);
  }

  /** One truth value for each axis, constants of which are not read off. */
  private static RowVerdict reverse(RowOperation operation) {
    return RowVerdict.lost("reverses axes that are not known");
  }

  /** What mixes the entries of the last axes, and keeps the shape. */
  private static RowVerdict matrix(RowOperation operation, int axes, String reason) {
    if (!(operation.rows(0) instanceof Rows.Along along)
        || operation.rank(0) < 0
        || operation.othersHaveRows(0)) {
      return RowVerdict.lost("works along axes that are not known");
    }
    return along.axis() >= operation.rank(0) - axes
        ? RowVerdict.mixesWithin(reason, along)
        : RowVerdict.of(along);
  }

  /** Along the first axis, where the number of a group stands for each entry. */
  private static RowVerdict segments(RowOperation operation) {
    boolean oneAxis = operation.rank(1) == 1;
    if (!oneAxis || !(operation.rows(0) instanceof Rows.Along along)) {
      return RowVerdict.lost("has groups that are not those of one axis");
    }
    if (along.axis() == 0) {
      return RowVerdict.mixes("reduces over the rows of the batch");
    }
    return operation.rows(1) instanceof Rows.Same
        ? RowVerdict.of(along)
        : RowVerdict.lost("has groups that depend on the inputs");
  }

  private static RowVerdict concatenation(RowOperation operation, int from, int to) {
    if (!operation.any(Rows.Along.class)) {
      return listed(operation, from, to);
    }
    int[] parts = new int[to - from];
    Arrays.setAll(parts, i -> from + i);
    int axisAt = from == 0 ? to : 0;
    Optional<long[]> axis = operation.axes(axisAt, operation.rank(from));
    if (axis.isEmpty()) {
      return RowVerdict.lost(
          operation.withReason("concatenates along an axis that is not known", axisAt));
    }
    boolean rowsAreJoined =
        operation.rows().stream()
            .anyMatch(rows -> rows instanceof Rows.Along along && along.axis() == axis.get()[0]);
    if (!rowsAreJoined) {
      return RowAlignment.ofOneRank(operation, parts);
    }
    Rows first = operation.rows(from);
    boolean alike = Arrays.stream(parts).allMatch(i -> operation.rows(i).equals(first));
    return alike && first instanceof Rows.Along along && along.outer() == 1
        ? RowVerdict.along(along.axis(), parts.length, along.each())
        : RowVerdict.lost("puts something beside the rows of the batch");
  }

  /** Of vectors or numbers, at least one of which may count rows. */
  private static RowVerdict listed(RowOperation operation, int from, int to) {
    var values = new ArrayList<Size>();
    for (int i = from; i < to; i++) {
      var part = operation.sizes(i);
      if (part.isEmpty()) {
        var shape = operation.shape(i);
        if (shape.isUnknown() || shape.hasUnknownDimension()) {
          return RowVerdict.lost("joins sizes of an unknown number");
        }
        values.addAll(Collections.nCopies(Math.toIntExact(shape.size()), Size.other()));
      } else {
        values.addAll(part.get());
      }
    }
    return RowVerdict.sizes(values);
  }

  private static RowVerdict pack(RowOperation operation) {
    if (!operation.any(Rows.Along.class)) {
      return listed(operation, 0, operation.size());
    }
    int[] parts = new int[operation.size()];
    Arrays.setAll(parts, i -> i);
    RowVerdict joined = RowAlignment.ofOneRank(operation, parts);
    if (!(joined.outputs().get(0) instanceof Rows.Along along)) {
      return joined;
    }
    long axis = operation.attributes().getAttrInt("axis");
    long place = axis < 0 ? axis + operation.rank(0) + 1 : axis;
    Rows.Along moved = along.onAxis(along.axis() + (place <= along.axis() ? 1 : 0));
    return new RowVerdict(ImmutableList.of(moved), joined.obstacle());
  }

  private static RowVerdict unpack(RowOperation operation) {
    if (operation.rows(0) instanceof Rows.Sizes sizes) {
      return new RowVerdict(
          sizes.values().stream()
              .map(size -> new Rows.Sizes(ImmutableList.of(size)))
              .collect(ImmutableList.toImmutableList()),
          Optional.empty());
    }
    Rows.Along along = (Rows.Along) operation.rows(0);
    long axis = operation.attributes().getAttrInt("axis");
    long place = axis < 0 ? axis + operation.rank(0) : axis;
    if (operation.rank(0) < 0) {
      return RowVerdict.lost("takes an operand of unknown shape apart");
    }
    return place == along.axis()
        ? RowVerdict.mixes("takes single rows out of the batch")
        : RowVerdict.of(along.onAxis(along.axis() - (place < along.axis() ? 1 : 0)));
  }

  private static RowVerdict split(RowOperation operation, int values, int axisAt) {
    if (!(operation.rows(values) instanceof Rows.Along along) || operation.othersHaveRows(values)) {
      return RowVerdict.lost("splits sizes, or by numbers of the rows");
    }
    Optional<long[]> axis = operation.axes(axisAt, operation.rank(values));
    if (axis.isEmpty()) {
      return RowVerdict.lost(
          operation.withReason("splits along an axis that is not known", axisAt));
    }
    if (axis.get()[0] != along.axis()) {
      return RowVerdict.of(along);
    }
    if (along.outer() == 1) {
      return RowVerdict.mixes("splits the batch into groups of rows");
    }
    long groups =
        operation.type().equals("Split") ? operation.attributes().getAttrInt("num_split") : 0;
    return groups > 0 && along.outer() % groups == 0
        ? RowVerdict.along(along.axis(), along.outer() / groups, along.each())
        : RowVerdict.lost("splits copies or blocks of the rows into parts that are not followed");
  }
}
