package org.xgradient.data.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.xgradient.data.DataException;
import org.xgradient.data.Task;
import org.xgradient.data.table.text.JsonObject;

/** The JSON form of {@link LabelEncoding}. */
final class LabelJson {

  private static final String FORMAT = "xgradient label encoding";
  private static final int VERSION = 1;

  private LabelJson() {}

  static String write(LabelEncoding encoding) {
    ObjectNode root = JsonObject.create(FORMAT, VERSION);
    root.put("column", encoding.column());
    root.put("type", encoding.type().name());
    SchemaJson.put(encoding.reading(), root);
    root.put("task", encoding.task().name());
    ArrayNode classes = root.putArray("classes");
    encoding.classes().forEach(classes::add);
    root.put("mean", encoding.standardizer().mean());
    root.put("scale", encoding.standardizer().scale());
    return root.toPrettyString();
  }

  static LabelEncoding read(String json) {
    JsonObject root = JsonObject.parse(json, FORMAT, VERSION);
    try {
      return new LabelEncoding(
          root.text("column"),
          SchemaJson.get(root, JsonObject.choice(ColumnType.class, root.text("type"))),
          JsonObject.choice(Task.class, root.text("task")),
          root.texts("classes"),
          new Standardizer(root.number("mean"), root.number("scale")));
    } catch (DataException | IllegalArgumentException e) {
      throw root.damaged(e);
    }
  }
}
