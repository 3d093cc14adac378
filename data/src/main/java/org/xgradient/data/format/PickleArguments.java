package org.xgradient.data.format;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.nio.file.Path;
import org.xgradient.data.format.PickleValue.Tuple;
import org.xgradient.data.format.PickleValue.Whole;

/** A tuple whose items must be of certain types. */
final class PickleArguments {

  private final Path file;
  private final String place;
  private final ImmutableList<PickleValue> items;

  PickleArguments(Path file, String place, Tuple tuple) {
    this.file = file;
    this.place = place;
    this.items = tuple.items();
  }

  int count() {
    return items.size();
  }

  void checkCount(int least, int most) {
    checkThat(
        items.size() >= least && items.size() <= most,
        "called with " + least + " to " + most + " arguments",
        items.size());
  }

  <T extends PickleValue> T get(int index, Class<T> type) {
    PickleValue item = items.get(index);
    checkThat(
        type.isInstance(item),
        "given a " + type.getSimpleName() + " as argument " + index,
        item.kind());
    return type.cast(item);
  }

  long whole(int index) {
    return whole(get(index, Whole.class));
  }

  ImmutableLongArray wholes(int index) {
    ImmutableLongArray.Builder wholes = ImmutableLongArray.builder();
    for (PickleValue item : get(index, Tuple.class).items()) {
      checkThat(item instanceof Whole, "given integers in argument " + index, item.kind());
      wholes.add(whole((Whole) item));
    }
    return wholes.build();
  }

  private long whole(Whole whole) {
    checkThat(whole.value().bitLength() < Long.SIZE, "given 64-bit integers", whole.kind());
    return whole.value().longValue();
  }

  void checkThat(boolean condition, String expected, Object found) {
    if (!condition) {
      throw new FormatException(file, place, expected, found);
    }
  }
}
