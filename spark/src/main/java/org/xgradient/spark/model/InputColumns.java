package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.xgradient.data.DataException;

/**
 * Where the features of a row come from.
 *
 * @param kind how
 * @param names the names of the columns
 * @param positions where they are in a row
 */
public record InputColumns(Kind kind, ImmutableList<String> names, ImmutableIntArray positions)
    implements Serializable {

  /** How columns become features. */
  public enum Kind {
    /** As the preprocessing of a table's model says. */
    TABLE,
    /** One column of vectors or arrays. */
    VECTOR,
    /** A number from each column. */
    NUMBERS,
    /** One column of texts. */
    TEXT,
    /** One column of images. */
    IMAGE
  }

  private static final long serialVersionUID = 1;

  /**
   * Checks that there are as many columns as the model has inputs, where each is one.
   *
   * @param model the model
   * @throws DataException if there are more or fewer
   */
  public void requireInputsOf(ExecutorModel model) {
    if (kind == Kind.NUMBERS && positions.length() != model.features()) {
      throw new DataException(
          "inputCols must be %s columns, one for each input of the model, found %s"
              .formatted(model.features(), positions.length()));
    }
  }

  /**
   * Reads the features of a row.
   *
   * @param model the model
   * @param row the row
   * @param key what tells rows apart
   * @return the features
   * @throws DataException if a cell can't be used
   */
  public float[] read(ExecutorModel model, Row row, RowKey key) {
    float[] features = new float[model.features()];
    try {
      model.reader(this).read(row, features, 0);
    } catch (InvalidCellException e) {
      throw new DataException(key.of(row) + ": " + e.getMessage(), e);
    }
    return features;
  }
}
