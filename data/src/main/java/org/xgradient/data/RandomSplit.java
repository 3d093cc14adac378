package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;

/**
 * Splits rows at random into training, validation and test rows.
 *
 * <p>The sizes of the validation and the test part are the fractions of the rows, rounded; the
 * training part is the rest.
 */
public final class RandomSplit {

  private static final RandomSplit DEFAULTS = new RandomSplit(0.2, 0.2, 0);

  private final double validation;
  private final double test;
  private final long seed;

  private RandomSplit(double validation, double test, long seed) {
    this.validation = validation;
    this.test = test;
    this.seed = seed;
  }

  /** {@return 60 % training, 20 % validation and 20 % test rows, by seed 0} */
  public static RandomSplit withDefaults() {
    return DEFAULTS;
  }

  /**
   * Sets the sizes of the parts.
   *
   * @param validation the fraction of validation rows, at least 0
   * @param test the fraction of test rows, at least 0; the two together less than 1
   * @return a copy with these fractions
   * @throws IllegalArgumentException if a fraction is out of range
   */
  public RandomSplit withFractions(double validation, double test) {
    checkArgument(
        validation >= 0 && test >= 0 && validation + test < 1,
        "the fractions of validation and test rows must be at least 0 and less than 1 together,"
            + " found %s and %s",
        validation,
        test);
    return new RandomSplit(validation, test, seed);
  }

  /**
   * Sets the seed.
   *
   * @param seed the seed of the random order
   * @return a copy with this seed
   */
  public RandomSplit withSeed(long seed) {
    return new RandomSplit(validation, test, seed);
  }

  /** {@return the fraction of validation rows} */
  public double validation() {
    return validation;
  }

  /** {@return the fraction of test rows} */
  public double test() {
    return test;
  }

  /** {@return the seed of the random order} */
  public long seed() {
    return seed;
  }

  /**
   * Splits rows without regard to their labels.
   *
   * @param rows the number of rows
   * @return the split
   * @throws DataException if there are too few rows for every part to have one
   */
  public Split split(int rows) {
    return split(new int[rows]);
  }

  /**
   * Splits rows so that every class has nearly the same share in each part, and every class at
   * least one training row.
   *
   * @param classes the class index of each row, at least 0
   * @return the split
   * @throws DataException if there are too few rows for every part to have one
   */
  public Split split(int[] classes) {
    int rows = classes.length;
    int[] order = new DataRandom(Seeds.derive(seed, "split")).permutation(rows);
    int[] counts = count(classes);
    int[] testCounts =
        Apportionment.of(test, (int) Math.rint(test * rows), counts, keepOne(counts));
    int[] rest = subtract(counts, testCounts);
    double validationOfRest = validation / (1 - test);
    int[] validationCounts =
        Apportionment.of(validationOfRest, (int) Math.rint(validation * rows), rest, keepOne(rest));

    ImmutableIntArray testRows = take(order, classes, testCounts);
    ImmutableIntArray validationRows = take(order, classes, validationCounts);
    ImmutableIntArray trainRows = take(order, classes, subtract(rest, validationCounts));
    if (trainRows.isEmpty()
        || (validation > 0 && validationRows.isEmpty())
        || (test > 0 && testRows.isEmpty())) {
      throw new DataException(
          "%s rows are too few for a split into training, validation (%s) and test (%s) rows; use"
                  .formatted(rows, validation, test)
              + " more rows or other fractions");
    }
    return new Split(trainRows, validationRows, testRows);
  }

  private static int[] count(int[] classes) {
    int[] counts = new int[Arrays.stream(classes).max().orElse(0) + 1];
    for (int label : classes) {
      counts[label]++;
    }
    return counts;
  }

  /** How many of each class may be given away when one must stay. */
  private static int[] keepOne(int[] counts) {
    return Arrays.stream(counts).map(count -> Math.max(0, count - 1)).toArray();
  }

  private static int[] subtract(int[] left, int[] right) {
    int[] difference = left.clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= right[i];
    }
    return difference;
  }

  /** Takes the wanted number of rows of each class out of the order, marking them with -1. */
  private static ImmutableIntArray take(int[] order, int[] classes, int[] wanted) {
    int[] left = wanted.clone();
    ImmutableIntArray.Builder taken = ImmutableIntArray.builder();
    for (int i = 0; i < order.length; i++) {
      if (order[i] >= 0 && left[classes[order[i]]] > 0) {
        left[classes[order[i]]]--;
        taken.add(order[i]);
        order[i] = -1;
      }
    }
    return taken.build();
  }
}
