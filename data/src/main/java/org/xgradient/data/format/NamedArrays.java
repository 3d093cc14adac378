package org.xgradient.data.format;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import org.xgradient.data.FloatArray;

/**
 * Arrays by name, in order, with free text beside them: what every weight format is read to and
 * written from.
 *
 * @param arrays the arrays by name, in the order of the file
 * @param metadata free text by key, in the order of the file
 */
public record NamedArrays(
    ImmutableMap<String, FloatArray> arrays, ImmutableMap<String, String> metadata) {

  /**
   * Arrays without metadata.
   *
   * @param arrays the arrays by name, in the order to keep
   * @return the named arrays
   */
  public static NamedArrays of(Map<String, FloatArray> arrays) {
    return new NamedArrays(ImmutableMap.copyOf(arrays), ImmutableMap.of());
  }

  /** {@return the names, in order} */
  public ImmutableSet<String> names() {
    return arrays.keySet();
  }

  /** {@return the number of arrays} */
  public int size() {
    return arrays.size();
  }

  /**
   * Looks an array up.
   *
   * @param name its name
   * @return the array
   * @throws IllegalArgumentException if there is no array of that name
   */
  public FloatArray get(String name) {
    FloatArray array = arrays.get(name);
    checkArgument(array != null, "name must be one of %s, found \"%s\"", names(), name);
    return array;
  }

  /**
   * Replaces the metadata.
   *
   * @param metadata free text by key, in the order to keep
   * @return the same arrays with that metadata
   */
  public NamedArrays withMetadata(Map<String, String> metadata) {
    return new NamedArrays(arrays, ImmutableMap.copyOf(metadata));
  }

  /**
   * Removes the path part {@code module} from all names, wherever it stands: {@code
   * module.conv1.weight} and {@code features.module.0.weight} become {@code conv1.weight} and
   * {@code features.0.weight}. PyTorch adds it when a network, or a part of one, was trained on
   * several devices.
   *
   * @return the same arrays with shorter names; metadata stays
   * @throws IllegalArgumentException if two names become the same
   */
  public NamedArrays withoutModuleParts() {
    ImmutableMap.Builder<String, FloatArray> renamed = ImmutableMap.builder();
    arrays.forEach((name, array) -> renamed.put(withoutModuleParts(name), array));
    return new NamedArrays(renamed.buildOrThrow(), metadata);
  }

  private static String withoutModuleParts(String name) {
    return name.replaceAll("(?<=^|\\.)(?:module\\.)+", "");
  }
}
