package org.xgradient.spark.job;

import com.google.common.collect.Iterators;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The job without its model: the same rows in, the same columns out, with zeros.
 *
 * @param columns how many attributions a row has
 */
record WithoutModel(int columns) implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Object[] zeros = Collections.nCopies(columns, 0.0).toArray();
    return Iterators.transform(
        rows,
        row -> {
          Object[] cells = new Object[row.size() + 2];
          for (int i = 0; i < row.size(); i++) {
            cells[i] = row.get(i);
          }
          cells[row.size()] = zeros.clone();
          cells[row.size() + 1] = 0.0;
          return RowFactory.create(cells);
        });
  }
}
