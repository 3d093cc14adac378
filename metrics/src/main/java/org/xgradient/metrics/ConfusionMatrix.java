package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.primitives.ImmutableIntArray;

/**
 * How many rows of each class were predicted to be of each class.
 *
 * @param classes the number of classes
 * @param counts the numbers of rows, of shape {@code [actual, predicted]}
 */
public record ConfusionMatrix(int classes, ImmutableIntArray counts) {

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if it is another
   */
  public ConfusionMatrix {
    checkArgument(
        counts.length() == classes * classes,
        "there must be %s counts for %s classes, found %s",
        classes * classes,
        classes,
        counts.length());
  }

  /**
   * Counts.
   *
   * @param classes the number of classes
   * @param actual the class of each row
   * @param predicted the predicted class of each row
   * @return the counts
   * @throws IllegalArgumentException if the numbers of rows differ
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public static ConfusionMatrix of(int classes, int[] actual, int[] predicted) {
    checkArgument(
        actual.length == predicted.length,
        "there must be a prediction for each of %s rows, found %s",
        actual.length,
        predicted.length);
    int[] counts = new int[classes * classes];
    for (int row = 0; row < actual.length; row++) {
      checkElementIndex(actual[row], classes, "class");
      checkElementIndex(predicted[row], classes, "predicted class");
      counts[actual[row] * classes + predicted[row]]++;
    }
    return new ConfusionMatrix(classes, ImmutableIntArray.copyOf(counts));
  }

  /**
   * Reads a count.
   *
   * @param actual a class
   * @param predicted a class
   * @return how many rows of the one were predicted to be of the other
   */
  public int count(int actual, int predicted) {
    return counts.get(actual * classes + predicted);
  }

  /**
   * The share of the rows of a class that were found.
   *
   * @param of the class
   * @return the recall; NaN if there is no row of the class
   */
  public double recall(int of) {
    int rows = 0;
    for (int predicted = 0; predicted < classes; predicted++) {
      rows += count(of, predicted);
    }
    return (double) count(of, of) / rows;
  }

  /**
   * The share of the rows predicted to be of a class that are of it.
   *
   * @param of the class
   * @return the precision; NaN if no row was predicted to be of the class
   */
  public double precision(int of) {
    int rows = 0;
    for (int actual = 0; actual < classes; actual++) {
      rows += count(actual, of);
    }
    return (double) count(of, of) / rows;
  }
}
