package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.random.RandomGenerator;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;

/**
 * The description of a parameter of a network.
 *
 * @param name the path of the parameter: the names of its layers and its own, joined by dots, as in
 *     {@code features.0.weight}; relative to a layer it may be empty, for a parameter that carries
 *     the layer's name
 * @param role what the parameter does
 * @param shape the shape
 * @param fanIn the number of inputs that meet in one output, at least 1
 * @param fanOut the number of outputs that one input reaches, at least 1
 * @param initializer the initial values
 */
public record ParameterSpec(
    String name,
    Parameter.Role role,
    ImmutableIntArray shape,
    int fanIn,
    int fanOut,
    Initializer initializer) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code fanIn} or {@code fanOut} is less than 1
   */
  public ParameterSpec {
    checkArgument(
        fanIn >= 1 && fanOut >= 1,
        "fanIn and fanOut of %s must be at least 1, found %s and %s",
        name,
        fanIn,
        fanOut);
  }

  /** {@return the number of values} */
  public long size() {
    long size = 1;
    for (int i = 0; i < shape.length(); i++) {
      size = Math.multiplyExact(size, (long) shape.get(i));
    }
    return size;
  }

  /**
   * Gives a parameter its initial values.
   *
   * @param parameter a parameter of this description
   * @param session the session
   * @param random the source of randomness
   */
  public void initialize(Parameter parameter, GraphSession session, RandomGenerator random) {
    parameter.assign(session, values -> initializer.fill(values, fanIn, fanOut, random));
  }

  ParameterSpec in(String layer) {
    return new ParameterSpec(path(layer, name), role, shape, fanIn, fanOut, initializer);
  }

  /** {@return two names joined by a dot, or the other if one is empty} */
  public static String path(String layer, String name) {
    return layer.isEmpty() || name.isEmpty() ? layer + name : layer + "." + name;
  }
}
