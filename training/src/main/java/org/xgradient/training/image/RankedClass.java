package org.xgradient.training.image;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.xgradient.data.image.ClassNames;

/**
 * A class that a network found in an image.
 *
 * @param index the index of its logit
 * @param name its name
 * @param probability its probability, by the softmax of all logits
 */
public record RankedClass(int index, String name, double probability) {

  /**
   * The classes that are most probable.
   *
   * @param logits the logits of one image, at least one
   * @param names the names of all classes
   * @param count how many to take, if there are as many
   * @return the classes, the most probable one first; of equal ones that with the lower index
   */
  public static ImmutableList<RankedClass> top(float[] logits, ClassNames names, int count) {
    ImmutableList<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparing(index -> -logits[index]))
            .collect(ImmutableList.toImmutableList());
    double largest = logits[order.get(0)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    ImmutableList.Builder<RankedClass> top = ImmutableList.builder();
    for (int index : order.subList(0, Math.min(count, logits.length))) {
      double probability = Math.exp(logits[index] - largest) / sum;
      top.add(new RankedClass(index, names.names().get(index), probability));
    }
    return top.build();
  }
}
