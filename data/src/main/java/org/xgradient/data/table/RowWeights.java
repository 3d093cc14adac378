package org.xgradient.data.table;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Optional;
import org.xgradient.data.DataException;

/**
 * How much rows count in training, which is how often each is met in an epoch.
 *
 * <p>The lightest row is met once, unless an epoch would be longer than {@value #LONGEST} times the
 * rows; then light ones are left out in turn. Rows are repeated, not losses multiplied: a step
 * stays as large, whatever the weights.
 *
 * @param column the column with the weights, which is no feature; empty if each row counts alike
 * @param balanced whether each class counts as much as the others together
 */
public record RowWeights(Optional<String> column, boolean balanced) {

  /** Each row counts alike. */
  public static final RowWeights NONE = new RowWeights(Optional.empty(), false);

  /** The sum of as many rows as there can be is finite. */
  private static final double LARGEST = 1e100;

  private static final int LONGEST = 10;

  /**
   * The rows of an epoch.
   *
   * @param table the table
   * @param classes the class index of each row; all 0 for a regression
   * @param train the rows for training
   * @return these rows, some of them several times
   * @throws DataException if a weight is missing, negative or beyond 1e100, or none is positive
   */
  ImmutableIntArray rows(Table table, int[] classes, ImmutableIntArray train) {
    if (column.isEmpty() && !balanced) {
      return train;
    }
    double[] all = weights(table);
    double[] weights = train.stream().mapToDouble(row -> all[row]).toArray();
    if (balanced) {
      balance(weights, classes, train);
    }
    return repeated(weights, train);
  }

  /** Of all rows: a bad one is no better where it does not count. */
  private double[] weights(Table table) {
    double[] weights = new double[table.rows()];
    Arrays.fill(weights, 1);
    if (column.isPresent()) {
      NumericColumn cells = numbers(table, column.get());
      Arrays.setAll(weights, row -> weight(cells, row));
    }
    return weights;
  }

  private static NumericColumn numbers(Table table, String name) {
    if (table.column(name) instanceof NumericColumn numbers) {
      return numbers;
    }
    throw new DataException(
        "column \"%s\" must have numbers to be the weights of the rows, found categories; name another column (--weight COLUMN)"
            .formatted(name));
  }

  private static double weight(NumericColumn weights, int row) {
    double weight = weights.value(row);
    if (!(weight >= 0 && weight <= LARGEST)) {
      throw new CellException(
          row + 1,
          weights.name(),
          "a weight must be at least 0, and at most 1e100, found %s; correct the cell"
              .formatted(weights.isMissing(row) ? "none" : weight));
    }
    return weight;
  }

  private static void balance(double[] weights, int[] classes, ImmutableIntArray train) {
    double[] sums = new double[train.stream().map(row -> classes[row]).max().orElse(0) + 1];
    for (int i = 0; i < weights.length; i++) {
      sums[classes[train.get(i)]] += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= Math.max(sums[classes[train.get(i)]], Double.MIN_NORMAL);
    }
  }

  private ImmutableIntArray repeated(double[] weights, ImmutableIntArray train) {
    double sum = 0;
    double lightest = Double.MAX_VALUE;
    for (double weight : weights) {
      sum += weight;
      lightest = weight > 0 ? Math.min(lightest, weight) : lightest;
    }
    if (sum == 0) {
      throw new DataException(
          "the weights of the training rows must not all be 0, found column \"%s\"; choose another"
              .formatted(column.orElse("")));
    }
    double unit = Math.max(lightest, sum / ((double) LONGEST * weights.length));
    ImmutableIntArray.Builder rows = ImmutableIntArray.builder();
    double before = 0;
    for (int i = 0; i < weights.length; i++) {
      double after = before + weights[i] / unit;
      // What is rounded away from one row is given to the next.
      for (long copy = Math.round(before); copy < Math.round(after); copy++) {
        rows.add(train.get(i));
      }
      before = after;
    }
    return rows.build();
  }
}
