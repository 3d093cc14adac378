package org.xgradient.cli.foreign;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names of elements of arrays. */
final class Places {

  private Places() {}

  /** {@return where an element is, such as {@code [2,0]}; empty for a single number} */
  static String of(int index, ImmutableIntArray shape) {
    int[] place = new int[shape.length()];
    int rest = index;
    for (int i = place.length - 1; i >= 0; i--) {
      place[i] = rest % shape.get(i);
      rest /= shape.get(i);
    }
    return place.length == 0
        ? ""
        : Arrays.stream(place)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "[", "]"));
  }
}
