package org.xgradient.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.NearestName;

/**
 * Puts the configuration of an experiment together: a key that a later source has replaces the
 * value of the earlier ones as a whole.
 */
public final class Configurations {

  private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

  private static final JsonMapper LENIENT =
      ExperimentJson.MAPPER
          .rebuild()
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private Configurations() {}

  /**
   * Reads a configuration.
   *
   * @param experiment the experiment
   * @param quick whether to start from the quick form
   * @param changes what to change, the last one wins
   * @return the configuration
   * @param <C> the record of the configuration
   * @throws DataException if a key is not known or a value cannot be used; the message names it
   */
  public static <C> C read(
      Experiment<C, ?, ?> experiment, boolean quick, List<ConfigurationSource> changes) {
    ObjectNode keys =
        ConfigurationSource.of("the configuration of " + experiment.name(), experiment.defaults())
            .keys();
    ImmutableList<String> known = ImmutableList.copyOf(keys.fieldNames());
    ImmutableList.Builder<ConfigurationSource> all = ImmutableList.builder();
    if (quick) {
      all.add(
          ConfigurationSource.of(
              "the quick form of " + experiment.name(), experiment.quickDefaults()));
    }
    for (ConfigurationSource source : all.addAll(changes).build()) {
      source
          .keys()
          .fieldNames()
          .forEachRemaining(
              key -> {
                if (!known.contains(key)) {
                  throw unknown(source.name(), key, known);
                }
              });
      keys.setAll(source.keys());
    }
    return bind(keys, experiment.description().configuration());
  }

  /**
   * A configuration as a user reads it.
   *
   * @param configuration the record
   * @return indented JSON
   */
  public static String toJson(Object configuration) {
    return ExperimentJson.writeIndented(configuration);
  }

  /** {@return the checksum of a configuration, which is the same for the same values} */
  static String checksum(Object configuration) {
    return Checksums.sha256(ExperimentJson.write(configuration).getBytes(UTF_8));
  }

  /** What the configuration of a run is called in messages. */
  private static final String CONFIGURATION = "the configuration";

  static <C> C bind(ObjectNode keys, Class<C> type) {
    return bind(CONFIGURATION, keys, type);
  }

  static <C> C bind(String name, ObjectNode keys, Class<C> type) {
    checkNames(name, keys, type);
    try {
      return ExperimentJson.MAPPER.treeToValue(keys, type);
    } catch (InvalidFormatException e) {
      throw invalid(e, e.getTargetType(), String.valueOf(e.getValue()));
    } catch (ValueInstantiationException e) {
      throw new DataException(
          "%s cannot be used: %s%s"
              .formatted(
                  name,
                  e.getPath().isEmpty() ? "" : "\"" + path(e.getPath()) + "\": ",
                  e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage()),
          e);
    } catch (JsonMappingException e) {
      throw new DataException(
          "%s cannot be used: \"%s\": %s"
              .formatted(name, path(e.getPath()), firstLine(e.getOriginalMessage())),
          e);
    } catch (JsonProcessingException e) {
      throw new DataException(name + " cannot be used: " + firstLine(e.getOriginalMessage()), e);
    }
  }

  /** A key that is misspelled is also one that is missing; the spelling is what to speak of. */
  private static void checkNames(String name, ObjectNode keys, Class<?> type) {
    try {
      LENIENT.treeToValue(keys, type);
    } catch (PropertyBindingException e) {
      Collection<Object> known = Optional.ofNullable(e.getKnownPropertyIds()).orElse(List.of());
      throw unknown(
          where(name, path(e.getPath().subList(0, e.getPath().size() - 1))),
          e.getPropertyName(),
          known.stream().map(Object::toString).sorted().toList());
    } catch (JsonProcessingException e) {
      LOG.debug("the values are checked later", e);
    }
  }

  private static String where(String name, String path) {
    if (path.isEmpty()) {
      return name;
    }
    return name.equals(CONFIGURATION) ? "\"" + path + "\"" : "%s: \"%s\"".formatted(name, path);
  }

  private static DataException invalid(InvalidFormatException e, Class<?> type, String found) {
    if (!type.isEnum()) {
      return new DataException(
          "\"%s\" must be of type %s, found %s"
              .formatted(path(e.getPath()), type.getSimpleName(), found),
          e);
    }
    ImmutableList<String> names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .collect(ImmutableList.toImmutableList());
    return new DataException(
        "\"%s\" must be one of %s, found \"%s\"; did you mean \"%s\"?"
            .formatted(
                path(e.getPath()),
                String.join(", ", names),
                found,
                NearestName.of(found.toLowerCase(Locale.ROOT), names)),
        e);
  }

  private static DataException unknown(String where, String key, List<String> known) {
    return new DataException(
        known.isEmpty()
            ? "%s has no key \"%s\"".formatted(where, key)
            : "%s has no key \"%s\"; did you mean \"%s\"? The keys are %s"
                .formatted(where, key, NearestName.of(key, known), String.join(", ", known)));
  }

  private static String path(List<JsonMappingException.Reference> path) {
    StringBuilder text = new StringBuilder();
    for (JsonMappingException.Reference step : path) {
      if (step.getFieldName() == null) {
        text.append('[').append(step.getIndex()).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return text.toString();
  }

  /** Jackson's advice for programmers follows a semicolon. */
  private static String firstLine(String message) {
    return Splitter.on(';').split(message.lines().findFirst().orElse("")).iterator().next();
  }
}
