package org.xgradient.training.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.stream.Stream;
import org.xgradient.data.DataException;

/**
 * What a model directory says of itself.
 *
 * @param format the version of the layout
 * @param kind what the model takes
 * @param attribution the method of the SavedModel's {@code attribution} signature
 */
record ModelManifest(
    @JsonProperty(value = "format", required = true) int format,
    @JsonProperty(value = "kind", required = true) String kind,
    @JsonProperty(value = "attribution", required = true) String attribution) {

  static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static ModelManifest of(ModelKind kind, String attribution) {
    return new ModelManifest(FORMAT, kind.manifestName(), attribution);
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest can always be written as JSON", e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws DataException if it is damaged, or of another format version
   */
  static ModelManifest fromJson(String json, String file) {
    ModelManifest manifest;
    try {
      manifest = JSON.readValue(json, ModelManifest.class);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s is damaged: %s; export the model again".formatted(file, e.getOriginalMessage()), e);
    }
    if (manifest.format() != FORMAT) {
      throw new DataException(
          "%s must be of format version %d, found %d; use the version of xgradient that wrote it"
              .formatted(file, FORMAT, manifest.format()));
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
                    "%s must be of a model of tables or images, found '%s'".formatted(file, kind)));
  }
}
