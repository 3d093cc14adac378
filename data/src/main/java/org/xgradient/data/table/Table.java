package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.xgradient.data.DataException;
import org.xgradient.data.table.text.Names;

/** Columns of equal length, each with a name of its own; immutable. */
public final class Table {

  private final ImmutableMap<String, Column> columns;
  private final int rows;

  private Table(ImmutableMap<String, Column> columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Puts columns side by side.
   *
   * @param columns the columns, at least one
   * @return the table
   * @throws IllegalArgumentException if there is no column, two have the same name, or two have
   *     different numbers of rows
   */
  public static Table of(Collection<? extends Column> columns) {
    checkArgument(!columns.isEmpty(), "a table must have at least one column, found none");
    Map<String, Column> byName = new LinkedHashMap<>();
    int rows = columns.iterator().next().rows();
    for (Column column : columns) {
      checkArgument(
          byName.put(column.name(), column) == null,
          "the columns of a table must have different names, found \"%s\" twice",
          column.name());
      checkArgument(
          column.rows() == rows,
          "column \"%s\" must have as many rows as the others, %s, found %s",
          column.name(),
          rows,
          column.rows());
    }
    return new Table(ImmutableMap.copyOf(byName), rows);
  }

  /**
   * Puts columns side by side.
   *
   * @param columns the columns, at least one
   * @return the table
   * @throws IllegalArgumentException if there is no column, two have the same name, or two have
   *     different numbers of rows
   */
  public static Table of(Column... columns) {
    return of(Arrays.asList(columns));
  }

  /** {@return the number of rows} */
  public int rows() {
    return rows;
  }

  /** {@return the columns in order} */
  public ImmutableList<Column> columns() {
    return columns.values().asList();
  }

  /** {@return the names of the columns in order, and how each is read} */
  public TableSchema schema() {
    return new TableSchema(
        columns.values().stream().collect(toImmutableMap(Column::name, Column::reading)));
  }

  /**
   * Finds a column.
   *
   * @param name its name
   * @return the column
   * @throws DataException if there is none of that name
   */
  public Column column(String name) {
    Column column = columns.get(name);
    if (column == null) {
      throw Names.unknownColumn(name, columns.keySet());
    }
    return column;
  }

  /**
   * Finds a numeric column.
   *
   * @param name its name
   * @return the column
   * @throws DataException if there is none of that name, or it is categorical
   */
  public NumericColumn numeric(String name) {
    if (column(name) instanceof NumericColumn numeric) {
      return numeric;
    }
    throw new DataException(
        "column \"%s\" must be numeric, found a categorical one; read it as numeric"
            .formatted(name));
  }

  /**
   * Adds a column at the end.
   *
   * @param column the column, of as many rows as the table
   * @return a table with this column too
   * @throws IllegalArgumentException if there is one of that name, or the number of rows differs
   */
  public Table with(Column column) {
    return of(ImmutableList.<Column>builder().addAll(columns.values()).add(column).build());
  }

  /**
   * Leaves columns out.
   *
   * @param names their names
   * @return a table of the other columns
   * @throws DataException if there is none of such a name, or no other column
   */
  public Table without(String... names) {
    Set<String> left = new HashSet<>(columns.keySet());
    for (String name : names) {
      column(name);
      left.remove(name);
    }
    if (left.isEmpty()) {
      throw new DataException(
          "no column is left without %s; keep at least one"
              .formatted(Names.list(columns.keySet())));
    }
    return of(columns.values().stream().filter(column -> left.contains(column.name())).toList());
  }

  /**
   * Copies some rows.
   *
   * @param rows the indices of the rows, each in {@code [0, rows())}
   * @return a table of these rows in the order given
   */
  public Table gather(int... rows) {
    return of(columns.values().stream().map(column -> column.gather(rows)).toList());
  }

  /**
   * Puts the rows of another table below.
   *
   * @param other a table that has all columns of this one, each of the same kind
   * @return a table of both, with the columns of this one
   * @throws DataException if it lacks a column
   * @throws IllegalArgumentException if one is of another kind
   */
  public Table followedBy(Table other) {
    return of(
        columns.values().stream()
            .map(column -> column.followedBy(other.column(column.name())))
            .toList());
  }

  @Override
  public String toString() {
    return "Table[" + rows + " rows, " + columns.size() + " columns]";
  }
}
