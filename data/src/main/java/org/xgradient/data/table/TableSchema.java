package org.xgradient.data.table;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xgradient.data.DataException;

/**
 * Which columns of a file are read, and as what.
 *
 * @param columns the type of each column by its name, in order, at least one
 */
public record TableSchema(ImmutableMap<String, ColumnType> columns) {

  /**
   * Checks that there is a column.
   *
   * @throws DataException if there is none
   */
  public TableSchema {
    if (columns.isEmpty()) {
      throw new DataException("a table must have at least one column, found none");
    }
  }

  /**
   * Reads columns as numbers, whatever they look like.
   *
   * @param names the names of the columns
   * @return a copy in which they are numeric
   * @throws DataException if there is no column of such a name
   */
  public TableSchema withNumeric(String... names) {
    return withType(ColumnType.NUMERIC, names);
  }

  /**
   * Reads columns as levels, whatever they look like; {@code 1} and {@code 1.0} are then different
   * levels.
   *
   * @param names the names of the columns
   * @return a copy in which they are categorical
   * @throws DataException if there is no column of such a name
   */
  public TableSchema withCategorical(String... names) {
    return withType(ColumnType.CATEGORICAL, names);
  }

  /**
   * Leaves columns out, such as identifiers.
   *
   * @param names the names of the columns
   * @return a copy without them
   * @throws DataException if there is no column of such a name, or no other column
   */
  public TableSchema without(String... names) {
    Map<String, ColumnType> changed = new LinkedHashMap<>(columns);
    for (String name : names) {
      requireKnown(name);
      changed.remove(name);
    }
    return new TableSchema(ImmutableMap.copyOf(changed));
  }

  private TableSchema withType(ColumnType type, String... names) {
    Map<String, ColumnType> changed = new LinkedHashMap<>(columns);
    for (String name : names) {
      requireKnown(name);
      changed.put(name, type);
    }
    return new TableSchema(ImmutableMap.copyOf(changed));
  }

  private void requireKnown(String name) {
    if (!columns.containsKey(name)) {
      throw Names.unknownColumn(name, columns.keySet());
    }
  }
}
