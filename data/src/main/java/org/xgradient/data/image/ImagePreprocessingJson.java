package org.xgradient.data.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.data.DataException;
import org.xgradient.data.json.Json;

/** The JSON form of {@link ImagePreprocessing}. */
final class ImagePreprocessingJson {

  private ImagePreprocessingJson() {}

  static String write(ImagePreprocessing preprocessing) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("resize", preprocessing.resize().name());
    json.put("side", preprocessing.side());
    json.put("crop", preprocessing.crop());
    json.put("channels", preprocessing.order().name());
    json.put("scale", preprocessing.scale());
    ArrayNode mean = json.putArray("mean");
    preprocessing.mean().forEach(mean::add);
    ArrayNode deviation = json.putArray("deviation");
    preprocessing.deviation().forEach(deviation::add);
    return json.toPrettyString();
  }

  static ImagePreprocessing read(String text) {
    try {
      JsonNode json = Json.MAPPER.readTree(text);
      return new ImagePreprocessing(
          Resize.valueOf(json.path("resize").asText()),
          whole(json, "side"),
          whole(json, "crop"),
          ChannelOrder.valueOf(json.path("channels").asText()),
          number("scale", json.path("scale")),
          numbers(json, "mean"),
          numbers(json, "deviation"));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new DataException("the image preprocessing is damaged: " + reason, e);
    }
  }

  private static int whole(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isInt()) {
      throw unexpected(field, "an integer", value);
    }
    return value.intValue();
  }

  private static double number(String field, JsonNode value) {
    if (!value.isNumber()) {
      throw unexpected(field, "a number", value);
    }
    return value.doubleValue();
  }

  private static ImmutableDoubleArray numbers(JsonNode json, String field) {
    ImmutableDoubleArray.Builder numbers = ImmutableDoubleArray.builder();
    json.path(field).forEach(value -> numbers.add(number(field, value)));
    return numbers.build();
  }

  private static IllegalArgumentException unexpected(
      String field, String expected, JsonNode found) {
    String value = found.isMissingNode() ? "nothing" : found.toString();
    return new IllegalArgumentException(
        "\"" + field + "\" must be " + expected + ", found " + value);
  }
}
