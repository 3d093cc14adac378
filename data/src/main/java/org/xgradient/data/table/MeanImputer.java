package org.xgradient.data.table;

import com.google.common.primitives.ImmutableIntArray;

/**
 * Puts the mean of the training rows where a number is missing.
 *
 * <p>A column without any number among the training rows becomes 0 in every row, also where it has
 * one: a model learns nothing about it. (scikit-learn's {@code SimpleImputer} drops such a column.)
 *
 * @param observed whether there was any number among the training rows
 * @param mean their mean; 0 if there was none
 */
public record MeanImputer(boolean observed, double mean) {

  /**
   * Fits the imputer.
   *
   * @param column the column
   * @param rows the indices of the training rows
   * @return the imputer
   */
  public static MeanImputer fit(NumericColumn column, ImmutableIntArray rows) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < rows.length(); i++) {
      if (!column.isMissing(rows.get(i))) {
        sum += column.value(rows.get(i));
        count++;
      }
    }
    return new MeanImputer(count > 0, count > 0 ? sum / count : 0);
  }

  /**
   * Imputes a number.
   *
   * @param value the number, NaN if missing
   * @return the number, or the mean in its place
   */
  public double impute(double value) {
    if (!observed) {
      return 0;
    }
    return Double.isNaN(value) ? mean : value;
  }
}
