package org.xgradient.data.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the header token by token, so that nothing but what the format knows is ever built. */
final class SafetensorsHeaderParser {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Path file;
  private final JsonParser json;

  SafetensorsHeaderParser(Path file, byte[] header) throws IOException {
    this.file = file;
    this.json = FACTORY.createParser(header).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  }

  SafetensorsHeader parse() throws IOException {
    ImmutableList.Builder<SafetensorsHeader.Tensor> tensors = ImmutableList.builder();
    ImmutableMap<String, String> metadata = ImmutableMap.of();
    expect("header", JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (name.equals(SafetensorsHeader.METADATA)) {
        metadata = metadata();
      } else {
        tensors.add(tensor(name));
      }
    }
    if (json.nextToken() != null) {
      throw wrong("header", "one JSON object");
    }
    return new SafetensorsHeader(tensors.build(), metadata);
  }

  private ImmutableMap<String, String> metadata() throws IOException {
    ImmutableMap.Builder<String, String> metadata = ImmutableMap.builder();
    expect(SafetensorsHeader.METADATA, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      expect(SafetensorsHeader.METADATA + " \"" + key + "\"", JsonToken.VALUE_STRING);
      metadata.put(key, json.getText());
    }
    return metadata.buildOrThrow();
  }

  private SafetensorsHeader.Tensor tensor(String name) throws IOException {
    String place = "tensor \"" + name + "\"";
    ElementType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    expect(place, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      switch (field) {
        case "dtype" -> type = type(place);
        case "shape" -> shape = integers(place + ": shape");
        case "data_offsets" -> offsets = integers(place + ": data_offsets");
        default -> throw new FormatException(file, place, "dtype, shape and data_offsets", field);
      }
    }
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw new FormatException(
          file,
          place,
          "an object of dtype, shape and two data_offsets",
          "dtype " + type + ", shape " + shape + ", data_offsets " + offsets);
    }
    return new SafetensorsHeader.Tensor(
        name,
        type,
        ImmutableIntArray.copyOf(ArrayShapes.check(file, place, shape)),
        offsets.get(0),
        offsets.get(1));
  }

  private ElementType type(String place) throws IOException {
    expect(place + ": dtype", JsonToken.VALUE_STRING);
    String name = json.getText();
    ElementType type = SafetensorsHeader.TYPES.get(name);
    if (type == null) {
      throw new FormatException(
          file, place + ": dtype", "one of " + SafetensorsHeader.TYPES.keySet(), name);
    }
    return type;
  }

  private List<Long> integers(String place) throws IOException {
    expect(place, JsonToken.START_ARRAY);
    List<Long> integers = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
        throw new FormatException(file, place, "integers from 0 to 2^63 - 1", json.getText());
      }
      integers.add(json.getLongValue());
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw wrong(place, "an array of integers");
    }
    return integers;
  }

  private void expect(String place, JsonToken expected) throws IOException {
    if (json.nextToken() != expected) {
      throw wrong(place, name(expected));
    }
  }

  private FormatException wrong(String place, String expected) {
    return new FormatException(file, place, expected, name(json.currentToken()));
  }

  private static String name(@Nullable JsonToken token) {
    return token == null ? "nothing" : token.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
