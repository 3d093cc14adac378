package org.xgradient.data.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Set;
import org.xgradient.data.DataException;
import org.xgradient.data.table.text.JsonObject;

/** The JSON form of {@link TableSchema} and {@link ColumnReading}. */
final class SchemaJson {

  private static final String FORMAT = "xgradient table schema";
  private static final int VERSION = 1;

  private static final String READING = "reading";
  private static final String NAME = "name";
  private static final String KIND = "kind";
  private static final String DECIMAL = "decimal";
  private static final String GROUPED = "grouped";
  private static final String PERCENT = "percent";
  private static final String ORDER = "order";
  private static final String NUMERALS = "numerals";
  private static final String MISSING = "missing";

  private SchemaJson() {}

  static String write(TableSchema schema) {
    ObjectNode root = JsonObject.create(FORMAT, VERSION);
    ArrayNode columns = root.putArray("columns");
    schema
        .readings()
        .forEach((name, reading) -> write(reading, columns.addObject().put(NAME, name)));
    return root.toPrettyString();
  }

  static TableSchema read(String json) {
    JsonObject root = JsonObject.parse(json, FORMAT, VERSION);
    ImmutableMap.Builder<String, ColumnReading> readings = ImmutableMap.builder();
    try {
      for (JsonObject column : root.objects("columns")) {
        readings.put(column.text(NAME), reading(column));
      }
      return new TableSchema(readings.buildOrThrow());
    } catch (DataException | IllegalArgumentException e) {
      throw root.damaged(e);
    }
  }

  /** Adds how a column is read to an object that says something else of it. */
  static void put(ColumnReading reading, ObjectNode parent) {
    write(reading, parent.putObject(READING));
  }

  /** What {@link #put} added; the reading of earlier versions, which added nothing. */
  static ColumnReading get(JsonObject parent, ColumnType type) {
    if (!parent.has(READING)) {
      return ColumnReading.plain(type);
    }
    ColumnReading reading = reading(parent.object(READING));
    if (reading.type() != type) {
      throw new DataException(
          "the reading of a %s column must be of that type, found %s"
              .formatted(Ascii.toLowerCase(type.name()), reading));
    }
    return reading;
  }

  private static void write(ColumnReading reading, ObjectNode column) {
    if (reading instanceof ColumnReading.Numbers numbers) {
      NumberStyle style = numbers.style();
      column.put(KIND, "numbers").put(DECIMAL, String.valueOf(style.decimal()));
      column.put(GROUPED, style.grouped()).put(PERCENT, style.percent());
    } else if (reading instanceof ColumnReading.Dates dates) {
      column.put(KIND, "dates").put(ORDER, Ascii.toLowerCase(dates.order().name()));
    } else if (reading instanceof ColumnReading.Levels levels) {
      column.put(KIND, "levels").put(NUMERALS, levels.numerals());
    }
    ArrayNode missing = column.putArray(MISSING);
    reading.missing().forEach(missing::add);
  }

  private static ColumnReading reading(JsonObject column) {
    String kind = column.text(KIND);
    return switch (kind) {
      case "numbers" -> new ColumnReading.Numbers(style(column), missing(column, true));
      case "dates" ->
          new ColumnReading.Dates(
              column.has(ORDER)
                  ? JsonObject.choice(DateOrder.class, Ascii.toUpperCase(column.text(ORDER)))
                  : DateOrder.YEAR_FIRST,
              missing(column, true));
      case "levels" -> new ColumnReading.Levels(flag(column, NUMERALS), missing(column, false));
      default ->
          throw new DataException(
              "\"%s\" must be numbers, dates or levels, found \"%s\"".formatted(KIND, kind));
    };
  }

  private static NumberStyle style(JsonObject column) {
    String decimal = column.has(DECIMAL) ? column.text(DECIMAL) : ".";
    if (decimal.length() != 1) {
      throw new DataException("\"decimal\" must be . or , but is \"%s\"".formatted(decimal));
    }
    return new NumberStyle(decimal.charAt(0), flag(column, GROUPED), flag(column, PERCENT));
  }

  private static boolean flag(JsonObject column, String field) {
    return column.has(field) && column.flag(field);
  }

  private static ImmutableSet<String> missing(JsonObject column, boolean amongNumbers) {
    return column.has(MISSING)
        ? ImmutableSet.copyOf(column.texts(MISSING))
        : ColumnReading.missing(amongNumbers, Set.of(), Set.of());
  }
}
