package org.xgradient.data.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RegularFiles;

/**
 * Weights in several files of safetensors, with an index {@code model.safetensors.index.json} that
 * says in its {@code weight_map} which file has which tensor, as Hugging Face's libraries write
 * them.
 *
 * <p>The files must be plain files beside the index, named without a folder: an index cannot lead
 * anywhere else. They must hold the tensors that the index says, and no others.
 */
public final class SafetensorsIndex {

  /** How the names of such files end. */
  public static final String ENDING = ".safetensors.index.json";

  private static final int MAXIMUM_BYTES = 64 << 20;
  private static final String MAP = "weight_map";

  /** Nothing of folders, drives, or what some systems don't allow. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+\\.safetensors");

  private final Path index;

  private SafetensorsIndex(Path index) {
    this.index = index;
  }

  /**
   * Reads all tensors of all files.
   *
   * @param index the index
   * @return the tensors in the order of the index, with the metadata of the files, which must be
   *     the same
   * @throws FormatException if the index or a file is damaged, a file is missing or not a plain one
   *     beside the index, or its tensors are not those that the index says
   * @throws DataException if one cannot be read
   */
  public static NamedArrays read(Path index) {
    RegularFiles.check(index);
    return new SafetensorsIndex(index).read();
  }

  private NamedArrays read() {
    ImmutableMap<String, String> places = places();
    Set<String> shards = new LinkedHashSet<>(places.values());
    shards.forEach(this::checkName);
    Map<String, FloatArray> found = new LinkedHashMap<>();
    ImmutableMap<String, String> metadata = ImmutableMap.of();
    for (String shard : shards) {
      NamedArrays arrays = Safetensors.read(index.resolveSibling(shard));
      checkNames(shard, arrays.names(), places);
      if (found.isEmpty()) {
        metadata = arrays.metadata();
      } else if (!arrays.metadata().equals(metadata)) {
        throw new FormatException(
            index, "metadata of " + shard, metadata + " as in the files before", arrays.metadata());
      }
      found.putAll(arrays.arrays());
    }
    Map<String, FloatArray> ordered = new LinkedHashMap<>();
    places.keySet().forEach(name -> ordered.put(name, Objects.requireNonNull(found.get(name))));
    return NamedArrays.of(ordered).withMetadata(metadata);
  }

  private void checkName(String shard) {
    if (!PLAIN.matcher(shard).matches()) {
      throw new FormatException(
          index, MAP, "made of names of files *.safetensors without folders", '"' + shard + '"');
    }
    Path file = index.resolveSibling(shard);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FormatException(
          index, shard, "a plain file beside the index (copy what a link leads to)", kind(file));
    }
  }

  private static String kind(Path file) {
    if (Files.isSymbolicLink(file)) {
      return "a link";
    }
    return Files.exists(file) ? "something else" : "no such file";
  }

  private void checkNames(String shard, Set<String> names, Map<String, String> places) {
    for (String name : names) {
      String place = places.get(name);
      if (!shard.equals(place)) {
        throw new FormatException(
            index,
            "weight_map",
            "of the tensors that the files hold",
            (place == null ? "nothing" : place) + " for \"" + name + "\" in " + shard);
      }
    }
    places.forEach(
        (name, place) -> {
          if (place.equals(shard) && !names.contains(name)) {
            throw new FormatException(
                index, shard, "a file with the tensor \"" + name + '"', names.size() + " others");
          }
        });
  }

  /** The name of the file that each tensor is in. */
  private ImmutableMap<String, String> places() {
    try {
      if (Files.size(index) > MAXIMUM_BYTES) {
        throw new FormatException(
            index, "length", "at most " + MAXIMUM_BYTES + " bytes", Files.size(index));
      }
      return places(Files.readAllBytes(index));
    } catch (IOException e) {
      throw DataException.unreadable(index, e);
    }
  }

  private ImmutableMap<String, String> places(byte[] bytes) {
    try (JsonParser json =
        new JsonFactory()
            .createParser(bytes)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)) {
      ImmutableMap<String, String> places = ImmutableMap.of();
      expect(json, "index", JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        if (field.equals(MAP)) {
          places = map(json);
        } else {
          json.nextToken();
          json.skipChildren();
        }
      }
      if (json.nextToken() != null || places.isEmpty()) {
        throw new FormatException(
            index, "index", "one JSON object with a " + MAP + " of tensors", "none");
      }
      return places;
    } catch (IOException e) {
      throw new FormatException(index, "index", "JSON", e);
    }
  }

  private ImmutableMap<String, String> map(JsonParser json) throws IOException {
    ImmutableMap.Builder<String, String> map = ImmutableMap.builder();
    expect(json, MAP, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      expect(json, MAP + " \"" + name + '"', JsonToken.VALUE_STRING);
      map.put(name, json.getText());
    }
    return map.buildOrThrow();
  }

  private void expect(JsonParser json, String place, JsonToken expected) throws IOException {
    JsonToken found = json.nextToken();
    if (found != expected) {
      throw new FormatException(
          index,
          place,
          expected == JsonToken.START_OBJECT ? "an object" : "the name of a file",
          found == null ? "nothing" : json.getText());
    }
  }
}
