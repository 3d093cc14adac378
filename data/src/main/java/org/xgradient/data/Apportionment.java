package org.xgradient.data;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Shares out a total among classes in proportion to their sizes, by largest remainders. */
final class Apportionment {

  private Apportionment() {}

  /**
   * Shares out a total.
   *
   * @param fraction the fraction wanted of each class
   * @param total how many are wanted of all classes together
   * @param counts the size of each class
   * @param limits how many can be taken at most of each class
   * @return how many to take of each class; fewer than the total if the limits forbid more
   */
  static int[] of(double fraction, int total, int[] counts, int[] limits) {
    int[] shares = new int[counts.length];
    int left = total;
    for (int i = 0; i < counts.length; i++) {
      shares[i] = Math.min(limits[i], (int) Math.floor(fraction * counts[i]));
      left -= shares[i];
    }
    int[] byRemainder =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> shares[i] - fraction * counts[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i : byRemainder) {
      if (left > 0 && shares[i] < limits[i]) {
        shares[i]++;
        left--;
      }
    }
    return shares;
  }
}
