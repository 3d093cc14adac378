package org.xgradient.data.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The one way in which this project writes JSON, and reads it again. */
public final class Json {

  /** Refuses what is not exactly one value of the expected form. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
          .build();

  private Json() {}

  /**
   * Writes a value on several lines, for people.
   *
   * @param value a record, map, list, array, text or number, or a tree of them
   * @return the text, without a line break at its end
   * @throws IllegalArgumentException if it has no form in JSON
   */
  public static String indented(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "values must have a form in JSON, found " + value.getClass(), e);
    }
  }

  /**
   * Writes a value on one line.
   *
   * @param value a record, map, list, array, text or number, or a tree of them
   * @return the text, without a line break at its end
   * @throws IllegalArgumentException if it has no form in JSON
   */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "values must have a form in JSON, found " + value.getClass(), e);
    }
  }
}
