package org.xgradient.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.xgradient.data.json.Json;

/**
 * Where a result came from: versions, data and its checksum, seed, configuration; as facts in the
 * order in which a reader wants them.
 *
 * <p>There is no time of day among them, so that the same work gives the same bytes.
 *
 * @param facts the facts by their names
 */
public record Provenance(ImmutableMap<String, String> facts) {

  /** {@return the versions of xgradient, of Java and of the operating system} */
  public static Provenance ofThisProcess() {
    return new Provenance(
        ImmutableMap.of(
            "xgradient", version(),
            "Java", System.getProperty("java.version"),
            "system", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
  }

  /**
   * Adds a fact, or replaces one.
   *
   * @param name the name
   * @param fact the fact; its {@code toString} is kept, that of a constant in small letters, and
   *     "none" for an empty list
   * @return the provenance with it
   */
  public Provenance with(String name, Object fact) {
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.put(name, text(fact));
    return new Provenance(ImmutableMap.copyOf(all));
  }

  private static String text(Object fact) {
    if (fact instanceof Collection<?> list && list.isEmpty()) {
      return "none";
    }
    return fact instanceof Enum<?> ? Ascii.toLowerCase(fact.toString()) : fact.toString();
  }

  /**
   * Adds the facts of another, or replaces those of the same names.
   *
   * @param other the other
   * @return the provenance with them
   */
  public Provenance withAll(Provenance other) {
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.putAll(other.facts);
    return new Provenance(ImmutableMap.copyOf(all));
  }

  /** {@return this as JSON} */
  public String toJson() {
    return Json.indented(facts);
  }

  /**
   * Reads what {@link #toJson()} wrote.
   *
   * @param json the JSON text
   * @return the provenance
   * @throws DataException if the text is not an object of strings
   */
  public static Provenance fromJson(String json) {
    try {
      return new Provenance(
          ImmutableMap.copyOf(
              Json.MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {})));
    } catch (JsonProcessingException | NullPointerException e) {
      throw new DataException(
          "a provenance must be a JSON object of strings, found something else; write it anew", e);
    }
  }

  /** {@return the version of xgradient} */
  public static String version() {
    try (InputStream in = Provenance.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException("the version of xgradient can't be read", e);
    }
  }
}
