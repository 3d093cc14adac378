package org.xgradient.graph.architectures;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.PRelu;
import org.xgradient.graph.network.ParameterSpec;
import org.xgradient.graph.network.Residual;
import org.xgradient.graph.network.Sequential;

/**
 * Finds the parameters whose first dimension runs over a flattened image, because the order in it
 * is not the same everywhere.
 */
final class FlattenedInputs {

  private static final ImmutableIntArray NONE = ImmutableIntArray.of();

  private final Map<String, ImmutableIntArray> images = new LinkedHashMap<>();

  private FlattenedInputs() {}

  /**
   * {@return the shape of the image, {@code [height, width, channels]}, by the name of the
   * parameter}
   *
   * @throws IllegalArgumentException if a flattened image meets other values before any parameter
   */
  static ImmutableMap<String, ImmutableIntArray> of(Network network) {
    FlattenedInputs found = new FlattenedInputs();
    found.visit(network.layers(), "", network.inputShape(), NONE);
    return ImmutableMap.copyOf(found.images);
  }

  /**
   * Visits a layer.
   *
   * @param image the shape of the flattened image that the layer's input is, or {@link #NONE}
   * @return the shape of the flattened image that the layer's output is, or {@link #NONE}
   */
  private ImmutableIntArray visit(
      Layer layer, String path, ImmutableIntArray input, ImmutableIntArray image) {
    if (layer instanceof Sequential sequential) {
      return sequence(sequential, path, input, image);
    }
    if (layer instanceof Residual residual) {
      return agreed(
          path,
          sequence(residual.main(), path, input, image),
          sequence(residual.shortcut(), path, input, image));
    }
    if (layer instanceof Concatenation concatenation) {
      for (Sequential branch : concatenation.branches()) {
        agreed(path, NONE, sequence(branch, path, input, image));
      }
      return NONE;
    }
    if (layer instanceof Flatten && input.length() == 3) {
      return input;
    }
    if ((layer instanceof Dense || layer instanceof PRelu) && !image.isEmpty()) {
      images.put(ParameterSpec.path(path, "weight"), image);
    }
    return layer instanceof Dense ? NONE : image;
  }

  private ImmutableIntArray sequence(
      Sequential sequential, String path, ImmutableIntArray input, ImmutableIntArray image) {
    ImmutableIntArray shape = input;
    ImmutableIntArray flattened = image;
    for (Sequential.Named named : sequential.layers()) {
      String inner = ParameterSpec.path(path, named.name());
      flattened = visit(named.layer(), inner, shape, flattened);
      shape = named.layer().outputShape(shape);
    }
    return flattened;
  }

  private static ImmutableIntArray agreed(
      String path, ImmutableIntArray first, ImmutableIntArray second) {
    checkArgument(
        first.equals(second),
        "the order of weights after '%s' can't be translated, because it joins a flattened image"
            + " with other values; put a Dense layer before it",
        path);
    return first;
  }
}
