package org.xgradient.data.table.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;
import org.xgradient.data.DataException;
import org.xgradient.data.json.Json;

/** A JSON object whose fields are checked as they are read. */
public final class JsonObject {

  private final String format;
  private final JsonNode node;

  private JsonObject(String format, JsonNode node) {
    this.format = format;
    this.node = node;
  }

  /** A new object that names its format and the format's version. */
  public static ObjectNode create(String format, int version) {
    return JsonNodeFactory.instance.objectNode().put("format", format).put("version", version);
  }

  /** Reads an object of this format and version. */
  public static JsonObject parse(String json, String format, int version) {
    JsonObject object = new JsonObject(format, tree(json, format));
    String found = object.node.path("format").asText();
    if (!found.equals(format)) {
      throw new DataException(
          "this must be a file of the format \"%s\", found \"%s\"; choose the right file"
              .formatted(format, found));
    }
    if (object.node.path("version").asInt(-1) != version) {
      throw new DataException(
          ("the %s must be of version %s, found %s; read it with the version of xgradient that"
                  + " wrote it, or train again")
              .formatted(format, version, object.node.path("version")));
    }
    return object;
  }

  private static JsonNode tree(String json, String format) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "the %s is damaged: not JSON (%s); copy it again or train again"
              .formatted(format, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  /** The error of an object whose content does not fit. */
  public DataException damaged(RuntimeException cause) {
    return new DataException(
        "the %s is damaged: %s; copy it again or train again".formatted(format, cause.getMessage()),
        cause);
  }

  public JsonObject object(String field) {
    JsonNode value = node.path(field);
    if (!value.isObject()) {
      throw unexpected(field, "an object", value);
    }
    return new JsonObject(format, value);
  }

  public boolean has(String field) {
    return node.has(field);
  }

  /** The constant of a name. */
  public static <E extends Enum<E>> E choice(Class<E> type, String name) {
    E choice = Enums.getIfPresent(type, name).orNull();
    if (choice == null) {
      throw new DataException("there is no %s \"%s\"".formatted(type.getSimpleName(), name));
    }
    return choice;
  }

  public String text(String field) {
    return text(field, node.path(field));
  }

  public double number(String field) {
    JsonNode value = node.path(field);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw unexpected(field, "a finite number", value);
    }
    return value.doubleValue();
  }

  public boolean flag(String field) {
    JsonNode value = node.path(field);
    if (!value.isBoolean()) {
      throw unexpected(field, "true or false", value);
    }
    return value.booleanValue();
  }

  public ImmutableList<String> texts(String field) {
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    array(field).forEach(element -> texts.add(text(field, element)));
    return texts.build();
  }

  public ImmutableList<JsonObject> objects(String field) {
    ImmutableList.Builder<JsonObject> objects = ImmutableList.builder();
    array(field).forEach(element -> objects.add(new JsonObject(format, element)));
    return objects.build();
  }

  private JsonNode array(String field) {
    JsonNode value = node.path(field);
    if (!value.isArray()) {
      throw unexpected(field, "a list", value);
    }
    return value;
  }

  private static String text(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw unexpected(field, "a text", value);
    }
    return value.textValue();
  }

  private static DataException unexpected(String field, String expected, JsonNode found) {
    return new DataException(
        "\"%s\" must be %s, found %s"
            .formatted(field, expected, found.isMissingNode() ? "nothing" : found));
  }
}
