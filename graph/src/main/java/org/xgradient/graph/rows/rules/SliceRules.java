package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What takes parts of a tensor by where they begin and end. */
final class SliceRules {

  static final ImmutableMap<String, RowRule> ALL =
      ImmutableMap.of("Slice", SliceRules::slice, "StridedSlice", SliceRules::stridedSlice);

  private static final String SOME_ROWS = "takes some rows of the batch and leaves others out";

  private static final String AS_MANY =
      "takes a part of each row that depends on how many there are";

  private SliceRules() {}

  private static RowVerdict slice(RowOperation operation) {
    Optional<ImmutableList<Size>> begins = operation.sizes(1);
    Optional<ImmutableList<Size>> sizes = operation.sizes(2);
    if (begins.isEmpty() || sizes.isEmpty()) {
      return RowVerdict.lost("takes a part that is not known");
    }
    if (operation.rows(0) instanceof Rows.Sizes values) {
      return part(values.values(), begins.get().get(0), sizes.get().get(0));
    }
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      return RowVerdict.lost("takes a part that depends on the number of rows");
    }
    if (ShapeRules.countsElsewhere(begins.get(), along.axis())
        || ShapeRules.countsElsewhere(sizes.get(), along.axis())) {
      return RowVerdict.lost(AS_MANY);
    }
    Size begin = begins.get().get(along.axis());
    Size size = sizes.get().get(along.axis());
    if (begin.equals(Size.number(0)) && isAll(operation, along, size)) {
      return RowVerdict.of(along);
    }
    boolean block = begin.equals(Size.number(0)) && size.equals(Size.rows(along.each()));
    return block ? RowVerdict.along(along.axis(), 1, along.each()) : some(along);
  }

  /** A part of several entries of each row may be one of every row. */
  private static RowVerdict some(Rows.Along along) {
    return along.hasOneEntryPerRow()
        ? RowVerdict.mixes(SOME_ROWS)
        : RowVerdict.lost("takes some of the entries that rows have several of");
  }

  private static RowVerdict part(List<Size> values, Size begin, Size size) {
    if (!begin.isNumber() || !size.isNumber()) {
      return RowVerdict.lost("takes a part that is not known");
    }
    int from = Math.toIntExact(begin.factor());
    int to = size.isLeft() ? values.size() : from + Math.toIntExact(size.factor());
    return RowVerdict.sizes(values.subList(from, to));
  }

  /** Whether a number of entries is that of all of them along the axis of the rows. */
  private static boolean isAll(RowOperation operation, Rows.Along along, Size size) {
    long length = operation.shape(0).isUnknown() ? -1 : operation.shape(0).get(along.axis());
    return size.isLeft()
        || size.equals(Size.rows(along.outer() * along.each()))
        || (length > 0 && size.isNumber() && size.factor() >= length);
  }

  private static RowVerdict stridedSlice(RowOperation operation) {
    Optional<ImmutableList<Size>> begins = operation.sizes(1);
    Optional<ImmutableList<Size>> ends = operation.sizes(2);
    Optional<ImmutableList<Size>> strides = operation.sizes(3);
    if (begins.isEmpty() || ends.isEmpty() || strides.isEmpty() || operation.rank(0) < 0) {
      return RowVerdict.lost("takes a part that is not known");
    }
    List<Part> parts = parts(operation, begins.get(), ends.get(), strides.get());
    if (operation.rows(0) instanceof Rows.Sizes values) {
      return elements(values.values(), parts);
    }
    if (!(operation.rows(0) instanceof Rows.Along along)) {
      return RowVerdict.lost("takes a part that depends on the number of rows");
    }
    int input = 0;
    int output = 0;
    RowVerdict verdict = RowVerdict.lost("takes a part in a way that is not followed");
    for (Part part : parts) {
      if (part.kind() == Kind.NEW) {
        output++;
        continue;
      }
      if (input == along.axis()) {
        verdict = ofRows(operation, along, part, output);
      } else if (part.countsRows()) {
        return RowVerdict.lost(AS_MANY);
      }
      input++;
      output += part.kind() == Kind.ONE ? 0 : 1;
    }
    return verdict;
  }

  private static RowVerdict ofRows(
      RowOperation operation, Rows.Along along, Part part, int output) {
    if (part.isAll(size -> isAll(operation, along, size))) {
      return RowVerdict.of(along.onAxis(output));
    }
    if (part.isAll(size -> size.equals(Size.rows(along.each())))) {
      return RowVerdict.along(output, 1, along.each());
    }
    return part.isOneOf(along.each()) ? RowVerdict.along(output, along.outer(), 1) : some(along);
  }

  private enum Kind {
    RANGE,
    ONE,
    NEW
  }

  /** What is taken along one axis; an end is empty where the range is open. */
  private record Part(Kind kind, Optional<Size> begin, Optional<Size> end, Size stride) {
    boolean countsRows() {
      return Stream.of(begin, end, Optional.of(stride))
          .flatMap(Optional::stream)
          .anyMatch(Size::countsRows);
    }

    /** Whether one entry of each group of neighbours is taken. */
    boolean isOneOf(long neighbours) {
      return kind == Kind.RANGE
          && stride.equals(Size.number(neighbours))
          && end.isEmpty()
          && begin
              .map(size -> size.isNumber() && size.factor() >= 0 && size.factor() < neighbours)
              .orElse(true);
    }

    boolean isAll(Predicate<Size> isAllEntries) {
      return kind == Kind.RANGE
          && stride.equals(Size.number(1))
          && begin.map(size -> size.equals(Size.number(0))).orElse(true)
          && end.map(size -> !size.isLeft() && isAllEntries.test(size)).orElse(true);
    }
  }

  private static List<Part> parts(
      RowOperation operation, List<Size> begins, List<Size> ends, List<Size> strides) {
    long beginMask = operation.attributes().getAttrInt("begin_mask");
    long endMask = operation.attributes().getAttrInt("end_mask");
    long ellipsisMask = operation.attributes().getAttrInt("ellipsis_mask");
    long newMask = operation.attributes().getAttrInt("new_axis_mask");
    long shrinkMask = operation.attributes().getAttrInt("shrink_axis_mask");
    int rank = operation.rank(0);
    long named = 0;
    for (int i = 0; i < begins.size(); i++) {
      named += has(ellipsisMask, i) || has(newMask, i) ? 0 : 1;
    }
    List<Part> parts = new ArrayList<>();
    Part whole = new Part(Kind.RANGE, Optional.empty(), Optional.empty(), Size.number(1));
    for (int i = 0; i < begins.size(); i++) {
      if (has(ellipsisMask, i)) {
        for (long j = named; j < rank; j++) {
          parts.add(whole);
        }
      } else if (has(newMask, i)) {
        parts.add(new Part(Kind.NEW, Optional.empty(), Optional.empty(), Size.number(1)));
      } else {
        parts.add(
            new Part(
                has(shrinkMask, i) ? Kind.ONE : Kind.RANGE,
                has(beginMask, i) ? Optional.empty() : Optional.of(begins.get(i)),
                has(endMask, i) ? Optional.empty() : Optional.of(ends.get(i)),
                strides.get(i)));
      }
    }
    while (parts.stream().filter(part -> part.kind() != Kind.NEW).count() < rank) {
      parts.add(whole);
    }
    return parts;
  }

  private static boolean has(long mask, int bit) {
    return ((mask >> bit) & 1) == 1;
  }

  /** Of a vector of sizes. */
  private static RowVerdict elements(List<Size> values, List<Part> parts) {
    Part part = parts.get(0);
    Size begin = part.begin().orElse(Size.number(0));
    Size end = part.end().orElse(Size.number(values.size()));
    if (parts.size() != 1
        || !part.stride().equals(Size.number(1))
        || !begin.isNumber()
        || !end.isNumber()) {
      return RowVerdict.lost("takes a part of a shape that is not known");
    }
    int from = place(begin.factor(), values.size());
    int to = part.kind() == Kind.ONE ? from + 1 : place(end.factor(), values.size());
    return RowVerdict.sizes(values.subList(from, Math.max(from, to)));
  }

  private static int place(long index, int size) {
    return (int) Math.max(0, Math.min(size, index < 0 ? index + size : index));
  }
}
