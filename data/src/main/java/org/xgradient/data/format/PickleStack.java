package org.xgradient.data.format;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.data.format.PickleValue.Tuple;

/** The unpickler's stack, marks and memo, each of bounded size. */
final class PickleStack {

  static final int MAXIMUM_VALUES = 1_000_000;
  static final int MAXIMUM_MARKS = 1_000;

  private final Path file;
  private final List<PickleValue> values = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, PickleValue> memo = new HashMap<>();

  PickleStack(Path file) {
    this.file = file;
  }

  void push(PickleValue value) {
    check("stack", values.size() < MAXIMUM_VALUES, "at most " + MAXIMUM_VALUES + " values", "more");
    values.add(value);
  }

  PickleValue pop() {
    check("stack", values.size() > bottom(), "not empty when a value is taken", "nothing");
    return values.remove(values.size() - 1);
  }

  <T extends PickleValue> T pop(Class<T> type) {
    return cast(pop(), type);
  }

  <T extends PickleValue> T top(Class<T> type) {
    check("stack", values.size() > bottom(), "not empty when a value is used", "nothing");
    return cast(values.get(values.size() - 1), type);
  }

  private <T extends PickleValue> T cast(PickleValue value, Class<T> type) {
    check("value", type.isInstance(value), "a " + type.getSimpleName(), value.kind());
    return type.cast(value);
  }

  void mark() {
    check("nesting", marks.size() < MAXIMUM_MARKS, "at most " + MAXIMUM_MARKS, "more");
    marks.push(values.size());
  }

  /** Takes everything above the last mark, and the mark. */
  ImmutableList<PickleValue> popToMark() {
    check("stack", !marks.isEmpty(), "marked where a group begins", "no mark");
    List<PickleValue> group = values.subList(marks.pop(), values.size());
    ImmutableList<PickleValue> taken = ImmutableList.copyOf(group);
    group.clear();
    return taken;
  }

  /** Takes the last values and pushes a tuple of them. */
  void tuple(int size) {
    check("stack", values.size() - bottom() >= size, "of at least " + size + " values", "fewer");
    List<PickleValue> group = values.subList(values.size() - size, values.size());
    Tuple tuple = new Tuple(ImmutableList.copyOf(group));
    group.clear();
    push(tuple);
  }

  void remember(int index) {
    check("memo", memo.size() < MAXIMUM_VALUES, "at most " + MAXIMUM_VALUES + " values", "more");
    memo.put(index, top(PickleValue.class));
  }

  /** Remembers under the next number. */
  void remember() {
    remember(memo.size());
  }

  void recall(int index) {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw new FormatException(
          file, "pickle: memo", "set before it is used", "nothing under " + index);
    }
    push(value);
  }

  private int bottom() {
    return marks.isEmpty() ? 0 : marks.element();
  }

  private void check(String place, boolean condition, String expected, Object found) {
    if (!condition) {
      throw new FormatException(file, "pickle: " + place, expected, found);
    }
  }
}
