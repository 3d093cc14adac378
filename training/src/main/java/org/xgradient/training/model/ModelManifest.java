package org.xgradient.training.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;
import org.xgradient.data.json.Json;

/**
 * What a model directory says of itself.
 *
 * @param format that it is a model directory; up to version 0.1 the number of the layout
 * @param version the version of the layout; absent up to version 0.1
 * @param kind what the model takes
 * @param attribution the method of the SavedModel's {@code attribution} signature
 */
record ModelManifest(
    @JsonProperty(value = "format", required = true) String format,
    @JsonProperty("version") @Nullable Integer version,
    @JsonProperty(value = "kind", required = true) String kind,
    @JsonProperty(value = "attribution", required = true) String attribution) {

  private static final String FORMAT = "model directory";
  private static final int VERSION = 1;

  private static final ObjectReader READER =
      Json.MAPPER
          .readerFor(ModelManifest.class)
          .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  static ModelManifest of(ModelKind kind, String attribution) {
    return new ModelManifest(FORMAT, VERSION, kind.manifestName(), attribution);
  }

  String toJson() {
    return Json.indented(this);
  }

  /**
   * Reads a manifest.
   *
   * @throws DataException if it is damaged, or of another format version
   */
  static ModelManifest fromJson(String json, String file) {
    ModelManifest manifest;
    try {
      manifest = READER.readValue(json);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s is damaged: %s; export the model again".formatted(file, e.getOriginalMessage()), e);
    }
    String version = manifest.version == null ? manifest.format : manifest.version.toString();
    if (!version.equals(Integer.toString(VERSION))) {
      throw new DataException(
          "%s must be of format version %s, found %s; use the version of xgradient that wrote it"
              .formatted(file, VERSION, version));
    }
    return manifest;
  }

  /**
   * What the model takes.
   *
   * @throws DataException if this version knows no such kind
   */
  ModelKind modelKind(String file) {
    return Stream.of(ModelKind.values())
        .filter(known -> known.manifestName().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "%s must be of a model of tables, images or texts, found '%s'"
                        .formatted(file, kind)));
  }
}
