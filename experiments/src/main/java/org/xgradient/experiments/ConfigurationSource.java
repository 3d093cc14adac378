package org.xgradient.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.base.Splitter;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;

/** Some keys of a configuration with their values, and where they come from. */
public final class ConfigurationSource {

  private final String name;
  private final ObjectNode keys;

  private ConfigurationSource(String name, ObjectNode keys) {
    this.name = name;
    this.keys = keys;
  }

  /**
   * Reads a JSON object; comments as in Java are allowed.
   *
   * @param name what messages call it
   * @param json the text
   * @return the source
   * @throws DataException if the text is not a JSON object
   */
  public static ConfigurationSource of(String name, String json) {
    try {
      if (ExperimentJson.MAPPER.readTree(json) instanceof ObjectNode object) {
        return new ConfigurationSource(name, object);
      }
      throw new DataException(name + " must be a JSON object, {\"key\": value, ...}");
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s must be a JSON object, found an error in line %s: %s"
              .formatted(name, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
  }

  private static final int MOST_BYTES = 1 << 24;

  /**
   * Reads a file.
   *
   * @param file the file
   * @return the source
   * @throws DataException if it cannot be read or is not a JSON object
   */
  public static ConfigurationSource of(Path file) {
    return of("the configuration " + file, RegularFiles.readText(file, MOST_BYTES));
  }

  /**
   * Reads settings, such as {@code repetitions=50} or {@code lambdas=[0.1, 1]}.
   *
   * @param settings a key, an equals sign and a value in JSON each; what is not JSON is taken as a
   *     text
   * @return the source
   * @throws DataException if a setting has no equals sign
   */
  public static ConfigurationSource ofSettings(List<String> settings) {
    ObjectNode keys = ExperimentJson.MAPPER.createObjectNode();
    for (String setting : settings) {
      List<String> parts = Splitter.on('=').limit(2).splitToList(setting);
      if (parts.size() != 2) {
        throw new DataException("a setting must be KEY=VALUE, found \"" + setting + "\"");
      }
      keys.set(parts.get(0).strip(), value(parts.get(1)));
    }
    return new ConfigurationSource("the configuration of --set", keys);
  }

  private static JsonNode value(String text) {
    try {
      return ExperimentJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /**
   * The keys as a record.
   *
   * @param type the record
   * @param defaults a JSON object with the values of keys that need not be given
   * @return the record
   * @param <C> the record
   * @throws DataException if a key is not one of its components or a value cannot be used
   */
  public <C> C as(Class<C> type, String defaults) {
    ObjectNode all = of("the defaults", defaults).keys;
    all.setAll(keys);
    return Configurations.bind(name, all, type);
  }

  /** {@return what messages call the source} */
  String name() {
    return name;
  }

  /** {@return the keys and their values} */
  ObjectNode keys() {
    return keys;
  }
}
