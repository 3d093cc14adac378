package org.xgradient.training.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.xgradient.data.DataException;
import org.xgradient.data.json.Json;
import org.xgradient.data.text.TextClasses;

/** What a model directory says of the network and its classes. */
record TextNetworkJson(
    @JsonProperty(value = "kind", required = true) String kind,
    @JsonProperty(value = "dimension", required = true) int dimension,
    @JsonProperty(value = "filters", required = true) int filters,
    @JsonProperty(value = "widths", required = true) List<Integer> widths,
    @JsonProperty(value = "biases", required = true) boolean biases,
    @JsonProperty(value = "classes", required = true) List<String> classes) {

  static String write(TextNetwork network, TextClasses classes) {
    return Json.indented(
        new TextNetworkJson(
            network.kind().name(),
            network.dimension(),
            network.filters(),
            ImmutableList.copyOf(network.widths().asList()),
            network.biases(),
            classes.names()));
  }

  /**
   * Reads a description.
   *
   * @throws DataException if it is damaged
   */
  static TextNetworkJson read(String json, String file) {
    try {
      TextNetworkJson read = Json.MAPPER.readValue(json, TextNetworkJson.class);
      read.network();
      read.textClasses();
      return read;
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static DataException damaged(String file, String reason, Exception cause) {
    return new DataException(
        "%s is damaged: %s; export the model again".formatted(file, reason), cause);
  }

  TextNetwork network() {
    return new TextNetwork(
        TextNetwork.Kind.valueOf(kind),
        dimension,
        filters,
        ImmutableIntArray.copyOf(widths),
        biases);
  }

  TextClasses textClasses() {
    return new TextClasses(ImmutableList.copyOf(classes));
  }
}
