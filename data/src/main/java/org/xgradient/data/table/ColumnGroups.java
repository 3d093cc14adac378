package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Objects;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;

/**
 * Which features come from which column of the table.
 *
 * @param columns the names of the columns
 * @param columnOfFeature for each feature the index of its column
 */
public record ColumnGroups(ImmutableList<String> columns, ImmutableIntArray columnOfFeature) {

  /**
   * Checks the indices.
   *
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public ColumnGroups {
    columnOfFeature.forEach(column -> Objects.checkIndex(column, columns.size()));
  }

  /**
   * The groups of features that are columns of their own.
   *
   * @param features the names of the features
   * @return a group of one for each
   */
  public static ColumnGroups ofSingleFeatures(ImmutableList<String> features) {
    ImmutableIntArray.Builder columns = ImmutableIntArray.builder(features.size());
    for (int i = 0; i < features.size(); i++) {
      columns.add(i);
    }
    return new ColumnGroups(features, columns.build());
  }

  /** {@return the number of features} */
  public int features() {
    return columnOfFeature.length();
  }

  /**
   * Finds the features of a column.
   *
   * @param column the index of the column
   * @return the indices of its features, in order
   */
  public ImmutableIntArray featuresOf(int column) {
    ImmutableIntArray.Builder features = ImmutableIntArray.builder();
    for (int i = 0; i < features(); i++) {
      if (columnOfFeature.get(i) == column) {
        features.add(i);
      }
    }
    return features.build();
  }

  /**
   * A mask of some columns.
   *
   * @param names the names of the columns, each one of {@code columns()}
   * @return 1 for each of their features, 0 for the others, of shape {@code [features]}
   * @throws DataException if there is no such column
   */
  public FloatArray mask(String... names) {
    float[] mask = new float[features()];
    for (String name : names) {
      int column = columns.indexOf(name);
      if (column < 0) {
        throw new DataException(
            "there is no column \"%s\" to mask; the columns are %s"
                .formatted(name, String.join(", ", columns)));
      }
      featuresOf(column).forEach(feature -> mask[feature] = 1);
    }
    return FloatArray.of(mask, mask.length);
  }

  /**
   * Sums the attributions of each column's features. The sum over the columns is the sum over the
   * features, so completeness is kept.
   *
   * @param attributions one attribution for each feature
   * @return one for each column
   * @throws IllegalArgumentException if there is another number of attributions than of features
   */
  public float[] sumByColumn(float... attributions) {
    checkArgument(
        attributions.length == features(),
        "there must be %s attributions, one for each feature, found %s",
        features(),
        attributions.length);
    float[] sums = new float[columns.size()];
    sumRow(attributions, 0, sums, 0, columnOfFeature.toArray(), new double[sums.length]);
    return sums;
  }

  /**
   * Sums the attributions of each column's features, for each row.
   *
   * @param attributions the attributions, of shape {@code [rows, features]}, or {@code [rows, ...]}
   *     with as many values for each row
   * @return the sums, of shape {@code [rows, columns]}
   * @throws IllegalArgumentException if the shape is another one
   */
  public FloatArray sumByColumn(FloatArray attributions) {
    checkArgument(
        attributions.rowSize() == features(),
        "attributions must have %s values for each row, found the shape %s",
        features(),
        attributions.shape());
    int rows = attributions.rows();
    FloatArray sums = FloatArray.zeros(rows, columns.size());
    int[] columnOf = columnOfFeature.toArray();
    double[] exact = new double[columns.size()];
    for (int row = 0; row < rows; row++) {
      int from = row * columnOf.length;
      sumRow(attributions.values(), from, sums.values(), row * exact.length, columnOf, exact);
    }
    return sums;
  }

  private static void sumRow(
      float[] attributions, int from, float[] sums, int to, int[] columnOf, double[] exact) {
    Arrays.fill(exact, 0);
    for (int i = 0; i < columnOf.length; i++) {
      exact[columnOf[i]] += attributions[from + i];
    }
    for (int i = 0; i < exact.length; i++) {
      sums[to + i] = (float) exact[i];
    }
  }
}
