package org.xgradient.data.table;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.xgradient.data.DataException;
import org.xgradient.data.table.text.Names;

/**
 * Which columns of a file are read, and how.
 *
 * @param readings how each column is read by its name, in order, at least one
 */
public record TableSchema(ImmutableMap<String, ColumnReading> readings) {

  /**
   * Checks that there is a column.
   *
   * @throws DataException if there is none
   */
  public TableSchema {
    if (readings.isEmpty()) {
      throw new DataException("a table must have at least one column, found none");
    }
  }

  /**
   * Columns of plain numbers and of levels exactly as written.
   *
   * @param types the type of each column by its name, in order, at least one
   * @return the schema, in which cells that are empty, {@code NA} or {@code NaN} are missing
   * @throws DataException if there is no column
   */
  public static TableSchema of(Map<String, ColumnType> types) {
    return new TableSchema(
        types.entrySet().stream()
            .collect(toImmutableMap(Map.Entry::getKey, e -> ColumnReading.plain(e.getValue()))));
  }

  /** {@return the type of each column by its name, in order} */
  public ImmutableMap<String, ColumnType> columns() {
    return readings.entrySet().stream()
        .collect(toImmutableMap(Map.Entry::getKey, e -> e.getValue().type()));
  }

  /**
   * How a column is read.
   *
   * @param column the name of the column
   * @return its reading
   * @throws DataException if there is no column of such a name
   */
  public ColumnReading reading(String column) {
    ColumnReading reading = readings.get(column);
    if (reading == null) {
      throw Names.unknownColumn(column, readings.keySet());
    }
    return reading;
  }

  /**
   * Reads columns as plain numbers, whatever they look like.
   *
   * @param names the names of the columns
   * @return a copy in which they are numeric
   * @throws DataException if there is no column of such a name
   */
  public TableSchema withNumeric(String... names) {
    return changed(old -> new ColumnReading.Numbers(NumberStyle.PLAIN, old.missing()), names);
  }

  /**
   * Reads columns as levels exactly as they are written, whatever they look like; {@code 1} and
   * {@code 1.0} are then different levels.
   *
   * @param names the names of the columns
   * @return a copy in which they are categorical
   * @throws DataException if there is no column of such a name
   */
  public TableSchema withCategorical(String... names) {
    return changed(old -> new ColumnReading.Levels(false, old.missing()), names);
  }

  /**
   * Reads numbers that are written with another decimal sign than those of the training file.
   *
   * @param decimal a point or a comma; the other one may stand between thousands
   * @return a copy with this sign
   * @throws IllegalArgumentException if it is neither
   */
  public TableSchema withDecimal(char decimal) {
    return new TableSchema(
        ImmutableMap.copyOf(Maps.transformValues(readings, r -> withDecimal(r, decimal))));
  }

  private static ColumnReading withDecimal(ColumnReading reading, char decimal) {
    return reading instanceof ColumnReading.Numbers numbers
        ? new ColumnReading.Numbers(
            new NumberStyle(decimal, true, numbers.style().percent()), numbers.missing())
        : reading;
  }

  /**
   * Adds a column at the end, or changes how it is read.
   *
   * @param name the name of the column
   * @param reading how it is read
   * @return a copy with it
   */
  public TableSchema with(String name, ColumnReading reading) {
    Map<String, ColumnReading> changed = new LinkedHashMap<>(readings);
    changed.put(name, reading);
    return new TableSchema(ImmutableMap.copyOf(changed));
  }

  /**
   * Leaves columns out, such as identifiers.
   *
   * @param names the names of the columns
   * @return a copy without them
   * @throws DataException if there is no column of such a name, or no other column
   */
  public TableSchema without(String... names) {
    Map<String, ColumnReading> changed = new LinkedHashMap<>(readings);
    for (String name : names) {
      reading(name);
      changed.remove(name);
    }
    return new TableSchema(ImmutableMap.copyOf(changed));
  }

  private TableSchema changed(UnaryOperator<ColumnReading> change, String... names) {
    Map<String, ColumnReading> changed = new LinkedHashMap<>(readings);
    for (String name : names) {
      changed.put(name, change.apply(reading(name)));
    }
    return new TableSchema(ImmutableMap.copyOf(changed));
  }

  /** {@return this as JSON, with the version of the format} */
  public String toJson() {
    return SchemaJson.write(this);
  }

  /**
   * Reads what {@link #toJson()} wrote, or what a person wrote like it: whatever is not said of a
   * column but its name and kind is as usual.
   *
   * @param json the JSON text
   * @return the schema
   * @throws DataException if the text is damaged or of another format version
   */
  public static TableSchema fromJson(String json) {
    return SchemaJson.read(json);
  }
}
