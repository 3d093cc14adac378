package org.xgradient.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.xgradient.data.DataException;
import org.xgradient.data.NearestName;
import org.xgradient.report.text.SafeText;
import org.xgradient.spark.model.RowKey;

/**
 * The columns of the rows that are to be explained.
 *
 * @param schema their names and types
 */
record SchemaColumns(StructType schema) {

  /**
   * Finds a column.
   *
   * @param who what needs it, for messages
   * @return where it is in a row
   * @throws DataException if it is not there
   */
  int position(String who, String column) {
    List<String> names = Arrays.asList(schema.fieldNames());
    int position = names.indexOf(column);
    if (position < 0) {
      throw new DataException(
          "%s needs a column \"%s\", which is not there; %sthe columns are %s"
              .formatted(
                  who,
                  SafeText.of(column),
                  NearestName.closeTo(column, names)
                      .map(name -> "did you mean \"" + SafeText.of(name) + "\"? ")
                      .orElse(""),
                  SafeText.of(String.join(", ", names))));
    }
    return position;
  }

  DataType type(int position) {
    return schema.apply(position).dataType();
  }

  /**
   * What tells rows apart.
   *
   * @param idCol the name of a column with a key; empty for none
   * @throws DataException if it is not there
   */
  RowKey key(String idCol) {
    return new RowKey(idCol, idCol.isEmpty() ? -1 : position("idCol", idCol));
  }

  /**
   * Checks a column's type.
   *
   * @param expected what it must be, for messages
   * @throws DataException if it does not fit
   */
  static void require(String column, boolean fits, String expected, DataType found) {
    if (!fits) {
      throw new DataException(
          "column \"%s\" must be %s, found %s; cast it"
              .formatted(SafeText.of(column), expected, found.simpleString()));
    }
  }
}
