package org.xgradient.experiments.image;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The logits of one image, largest first; of equal ones that of the lower index.
 *
 * @param order the indices of the classes
 * @param margin the difference of the two largest logits over the larger of their sizes; 0 if both
 *     are 0
 */
record RankedLogits(ImmutableList<Integer> order, double margin) {

  static RankedLogits of(float[] logits) {
    ImmutableList<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparing(index -> -logits[index]))
            .collect(toImmutableList());
    double first = logits[order.get(0)];
    double second = logits[order.get(1)];
    double size = Math.max(Math.abs(first), Math.abs(second));
    return new RankedLogits(order, size == 0 ? 0 : (first - second) / size);
  }

  /** Those of a row of many. */
  static RankedLogits of(float[] logits, int row, int outputs) {
    return of(Floats.toArray(Floats.asList(logits).subList(row * outputs, (row + 1) * outputs)));
  }

  ImmutableList<Integer> top(int count) {
    return order.subList(0, Math.min(count, order.size()));
  }
}
