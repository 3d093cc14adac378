package org.xgradient.spark.model;

import org.apache.spark.sql.Row;

/** Turns a row of a DataFrame into the features of a model. */
interface RowReader {

  /**
   * Reads a row.
   *
   * @param row the row
   * @param features where to write, zeros
   * @param offset the index of the row's first feature
   * @throws InvalidCellException if a cell can't be used
   */
  void read(Row row, float[] features, int offset) throws InvalidCellException;
}
