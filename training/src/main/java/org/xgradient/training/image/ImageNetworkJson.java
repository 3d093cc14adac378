package org.xgradient.training.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.xgradient.data.DataException;
import org.xgradient.data.json.Json;

/**
 * What a model directory says of the network, for readers and for training it further.
 *
 * @param name the name, such as {@code x-alexnet}
 * @param biases whether it has biases
 * @param inputs the shape of what it takes, {@code [height, width, channels]}
 * @param classes the number of logits
 */
record ImageNetworkJson(
    @JsonProperty(value = "name", required = true) String name,
    @JsonProperty(value = "biases", required = true) boolean biases,
    @JsonProperty(value = "inputs", required = true) List<Integer> inputs,
    @JsonProperty(value = "classes", required = true) int classes) {

  static ImageNetworkJson of(ImageModelInfo info) {
    return new ImageNetworkJson(
        info.network(),
        info.biases(),
        ImmutableList.copyOf(info.preprocessing().outputShape().asList()),
        info.classes().size());
  }

  String toJson() {
    return Json.indented(this);
  }

  /**
   * Reads a description.
   *
   * @throws DataException if it is damaged
   */
  static ImageNetworkJson fromJson(String json, String file) {
    try {
      return Json.MAPPER.readValue(json, ImageNetworkJson.class);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s is damaged: %s; export the model again".formatted(file, e.getOriginalMessage()), e);
    }
  }
}
