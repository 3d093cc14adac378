package org.xgradient.spark.model;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/** Rows with a column of vectors or arrays, which hold the features. */
record VectorRows(String column, int position, int features) implements RowReader {

  @Override
  public void read(Row row, float[] into, int offset) throws InvalidCellException {
    Object cell = row.get(position);
    if (cell instanceof Vector vector) {
      requireSize(vector.size(), cell);
      // Also the zeros that a sparse one leaves out.
      double[] values = vector.toArray();
      for (int i = 0; i < features; i++) {
        into[offset + i] = finite(values[i], i);
      }
    } else if (cell instanceof Seq<?> array) {
      requireSize(array.size(), cell);
      for (int i = 0; i < features; i++) {
        Object value = array.apply(i);
        into[offset + i] =
            finite(value instanceof Number number ? number.doubleValue() : Double.NaN, i);
      }
    } else {
      throw new InvalidCellException(column, "a vector or an array", cell);
    }
  }

  private void requireSize(int size, Object cell) throws InvalidCellException {
    if (size != features) {
      throw new InvalidCellException(
          column, "of " + features + " values", size + " values: " + cell);
    }
  }

  private float finite(double value, int index) throws InvalidCellException {
    if (!Float.isFinite((float) value)) {
      throw new InvalidCellException(column + "[" + index + "]", "a finite number", value);
    }
    return (float) value;
  }
}
