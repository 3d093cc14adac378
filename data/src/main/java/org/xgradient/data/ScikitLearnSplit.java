package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * The rows that scikit-learn's {@code train_test_split} draws for a whole-number {@code train_size}
 * and {@code random_state}, so that published experiments can be repeated on the same rows.
 *
 * <p>NumPy's legacy generator is MT19937 seeded by {@code init_genrand}; it shuffles by Fisher and
 * Yates from the end, drawing each index by rejection under a bit mask. The first rows of the
 * permutation are the test rows, the following ones the training rows.
 */
public final class ScikitLearnSplit {

  private ScikitLearnSplit() {}

  /**
   * The two parts of a split.
   *
   * @param train the indices of the training rows
   * @param test the indices of all other rows
   */
  public record TrainTest(ImmutableIntArray train, ImmutableIntArray test) {}

  /**
   * What {@code RandomState(seed).permutation(rows)} returns.
   *
   * @param rows how many numbers
   * @param seed the seed, at least 0
   * @return the numbers {@code 0 .. rows - 1} in random order
   * @throws IllegalArgumentException if the seed is negative
   */
  public static int[] permutation(int rows, int seed) {
    checkArgument(seed >= 0, "the seed must be at least 0, found %s", seed);
    MersenneTwister generator = new MersenneTwister(seed);
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    for (int i = rows - 1; i > 0; i--) {
      int j = drawUpTo(i, generator);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /**
   * What {@code train_test_split(range(rows), train_size=train, random_state=seed)} returns.
   *
   * @param rows the number of rows
   * @param train the number of training rows, at least 1 and less than {@code rows}
   * @param seed the seed, at least 0
   * @return the split
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static TrainTest trainTest(int rows, int train, int seed) {
    checkArgument(
        train >= 1 && train < rows,
        "the number of training rows must be at least 1 and less than %s, found %s",
        rows,
        train);
    ImmutableIntArray order = ImmutableIntArray.copyOf(permutation(rows, seed));
    return new TrainTest(order.subArray(rows - train, rows), order.subArray(0, rows - train));
  }

  /**
   * The protocol of the sparsity experiment: draws the training and validation rows together, then
   * splits them by the same seed; the other rows are for testing.
   *
   * @param rows the number of rows
   * @param train the number of training rows, at least 1
   * @param validation the number of validation rows, at least 1; together with the training rows
   *     less than {@code rows}
   * @param seed the seed, at least 0; the index of the repetition in the published experiments
   * @return the split
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Split trainValidationTest(int rows, int train, int validation, int seed) {
    checkArgument(
        validation >= 1, "the number of validation rows must be at least 1, found %s", validation);
    TrainTest outer = trainTest(rows, Math.addExact(train, validation), seed);
    TrainTest inner = trainTest(train + validation, train, seed);
    return new Split(
        select(outer.train(), inner.train()), select(outer.train(), inner.test()), outer.test());
  }

  private static ImmutableIntArray select(ImmutableIntArray from, ImmutableIntArray indices) {
    return ImmutableIntArray.copyOf(indices.stream().map(from::get));
  }

  private static int drawUpTo(int maximum, MersenneTwister generator) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(maximum);
    int drawn;
    do {
      drawn = generator.nextInt() & mask;
    } while (drawn > maximum);
    return drawn;
  }
}
