package org.xgradient.data.table;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.xgradient.data.DataException;
import org.xgradient.data.table.text.JsonObject;

/** The JSON form of {@link TablePreprocessing}. */
final class PreprocessingJson {

  private static final String FORMAT = "xgradient table preprocessing";
  private static final int VERSION = 1;

  private PreprocessingJson() {}

  static String write(TablePreprocessing preprocessing) {
    ObjectNode root = JsonObject.create(FORMAT, VERSION);
    ArrayNode columns = root.putArray("columns");
    for (ColumnEncoding encoding : preprocessing.encodings()) {
      ObjectNode column = columns.addObject();
      column.put("name", encoding.column());
      if (encoding instanceof ColumnEncoding.Numeric numeric) {
        column.put("type", "numeric");
        column.put("observed", numeric.imputer().observed());
        column.put("imputed", numeric.imputer().mean());
        column.put("mean", numeric.standardizer().mean());
        column.put("scale", numeric.standardizer().scale());
      } else if (encoding instanceof ColumnEncoding.Categorical categorical) {
        column.put("type", "categorical");
        ArrayNode levels = column.putArray("levels");
        categorical.oneHot().levels().forEach(levels::add);
        column.put("missing", categorical.oneHot().missingSeen());
      }
      SchemaJson.put(encoding.reading(), column);
    }
    return root.toPrettyString();
  }

  static TablePreprocessing read(String json) {
    JsonObject root = JsonObject.parse(json, FORMAT, VERSION);
    try {
      return new TablePreprocessing(
          root.objects("columns").stream()
              .map(PreprocessingJson::column)
              .collect(toImmutableList()));
    } catch (DataException | IllegalArgumentException e) {
      throw root.damaged(e);
    }
  }

  private static ColumnEncoding column(JsonObject column) {
    String name = column.text("name");
    String type = column.text("type");
    return switch (type) {
      case "numeric" ->
          new ColumnEncoding.Numeric(
              name,
              SchemaJson.get(column, ColumnType.NUMERIC),
              new MeanImputer(column.flag("observed"), column.number("imputed")),
              new Standardizer(column.number("mean"), column.number("scale")));
      case "categorical" ->
          new ColumnEncoding.Categorical(
              name,
              SchemaJson.get(column, ColumnType.CATEGORICAL),
              new OneHot(column.texts("levels"), column.flag("missing")));
      default ->
          throw new DataException(
              "\"type\" must be numeric or categorical, found \"%s\"".formatted(type));
    };
  }
}
