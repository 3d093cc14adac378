package org.xgradient.data.table;

import com.google.common.collect.ImmutableList;
import org.xgradient.data.DataException;

/** How one column becomes features, as fitted on the training rows. */
public sealed interface ColumnEncoding {

  /** {@return the name of the column} */
  String column();

  /** {@return how the cells of the column are read} */
  ColumnReading reading();

  /** {@return what the cells of the column must be} */
  default ColumnType type() {
    return reading().type();
  }

  /** {@return the names of the features, at least one} */
  ImmutableList<String> featureNames();

  /**
   * Writes the features of each row.
   *
   * @param table a table with the column
   * @param features where to write, of shape {@code [rows, width]} in row-major order, zeros
   * @param width the number of features of all columns together
   * @param offset the index of this column's first feature
   * @throws DataException if the column is not there or of the other type, or a number is too large
   */
  void encode(Table table, float[] features, int width, int offset);

  /**
   * A numeric column becomes one feature: its numbers imputed, then standardised.
   *
   * @param column the name of the column
   * @param reading how its cells are read
   * @param imputer what stands for missing numbers
   * @param standardizer the shift and the scale
   */
  record Numeric(
      String column, ColumnReading reading, MeanImputer imputer, Standardizer standardizer)
      implements ColumnEncoding {

    @Override
    public ImmutableList<String> featureNames() {
      return ImmutableList.of(column);
    }

    @Override
    public void encode(Table table, float[] features, int width, int offset) {
      NumericColumn numbers = table.numeric(column);
      for (int row = 0; row < numbers.rows(); row++) {
        double number = standardizer.standardize(imputer.impute(numbers.value(row)));
        features[row * width + offset] = (float) number;
        if (!Float.isFinite((float) number)) {
          throw new CellException(
              row + 1L,
              column,
              numbers.value(row) + " is too large to be standardised; correct the cell");
        }
      }
    }
  }

  /**
   * A categorical column becomes a group of features, one for each level.
   *
   * @param column the name of the column
   * @param reading how its cells are read
   * @param oneHot the levels
   */
  record Categorical(String column, ColumnReading reading, OneHot oneHot)
      implements ColumnEncoding {

    @Override
    public ImmutableList<String> featureNames() {
      return oneHot.featureNames(column);
    }

    @Override
    public void encode(Table table, float[] features, int width, int offset) {
      if (!(table.column(column) instanceof CategoricalColumn cells)) {
        throw new DataException(
            "column \"%s\" must be categorical, found a numeric one; read it as categorical"
                .formatted(column));
      }
      int[] featureOfCode = cells.levels().stream().mapToInt(oneHot::indexOf).toArray();
      for (int row = 0; row < cells.rows(); row++) {
        int feature = cells.isMissing(row) ? oneHot.indexOf(null) : featureOfCode[cells.code(row)];
        if (feature >= 0) {
          features[row * width + offset + feature] = 1;
        }
      }
    }
  }
}
