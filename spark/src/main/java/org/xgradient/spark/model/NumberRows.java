package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.apache.spark.sql.Row;

/** Rows with a number for each feature. */
record NumberRows(ImmutableList<String> names, ImmutableIntArray positions) implements RowReader {

  private static final String EXPECTED = "a finite number";

  @Override
  public void read(Row row, float[] features, int offset) throws InvalidCellException {
    for (int i = 0; i < positions.length(); i++) {
      Object cell = row.get(positions.get(i));
      float value = cell instanceof Number number ? number.floatValue() : Float.NaN;
      if (!Float.isFinite(value)) {
        throw new InvalidCellException(names.get(i), EXPECTED, cell);
      }
      features[offset + i] = value;
    }
  }
}
