package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * A column that says which class of its row is explained.
 *
 * @param column its name; empty if there is none
 * @param position where it is in a row
 * @param classes the classes by name; empty if they have none and are numbers
 * @param outputs the number of classes
 */
public record ClassColumn(String column, int position, ImmutableList<String> classes, int outputs)
    implements Serializable {

  private static final long serialVersionUID = 1;

  /** {@return that there is no such column} */
  public static ClassColumn none() {
    return new ClassColumn("", -1, ImmutableList.of(), 0);
  }

  boolean isGiven() {
    return !column.isEmpty();
  }

  /** {@return the index of the class of a row} */
  int read(Row row) throws InvalidCellException {
    Object cell = row.get(position);
    if (classes.isEmpty()) {
      double index = cell instanceof Number number ? number.doubleValue() : -1;
      if (index < 0 || index >= outputs || index != Math.rint(index)) {
        throw new InvalidCellException(
            column, "the index of a class, in [0, " + outputs + ")", cell);
      }
      return (int) index;
    }
    int index = cell == null ? -1 : classes.indexOf(name(cell));
    if (index < 0) {
      throw new InvalidCellException(column, "one of " + String.join(", ", classes), cell);
    }
    return index;
  }

  /** Classes that are numbers are named as whole ones. */
  private static String name(Object cell) {
    return cell instanceof Double number && number == Math.rint(number)
        ? Long.toString(number.longValue())
        : cell.toString();
  }
}
