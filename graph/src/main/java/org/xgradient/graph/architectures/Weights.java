package org.xgradient.graph.architectures;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Finiteness;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.ParameterSpec;

/**
 * Maps the named arrays of a checkpoint onto the parameters of a network.
 *
 * <p>A parameter named {@code features.0.weight} takes the array of that name, whatever {@code
 * module.} or {@code _orig_mod.} stands in it: PyTorch puts them there when a network, or a part of
 * it, is trained on several devices or compiled. So may {@code model.} or {@code net.} stand before
 * it, as in a training program that holds the network under that name, unless the network has a
 * part of that name itself. The endings {@code _W} and {@code _b} stand for {@code .weight} and
 * {@code .bias}. Batch normalizations of PyTorch are folded into the convolutions before them, as
 * they are after training.
 *
 * @param layout the order of the dimensions in the arrays
 * @param ignoringBiases whether arrays of biases that the network does without are left out: then
 *     an X- variant takes the weights of its regular network
 */
public record Weights(Layout layout, boolean ignoringBiases) {

  private static final int MAX_PROBLEMS = 8;

  /** The order of the dimensions in arrays. */
  public enum Layout {
    /**
     * Convolutions {@code [filters, channels, height, width]}, dense layers {@code [units,
     * inputs]}, flattened images in the order channels, height, width.
     */
    PYTORCH,
    /**
     * Convolutions {@code [height, width, channels, filters]}, dense layers {@code [inputs,
     * units]}, flattened images in the order height, width, channels.
     */
    OURS
  }

  /** {@return a mapping of arrays in PyTorch's layout, biases included} */
  public static Weights pytorch() {
    return new Weights(Layout.PYTORCH, false);
  }

  /** {@return a mapping of arrays in the layout of this library, biases included} */
  public static Weights ours() {
    return new Weights(Layout.OURS, false);
  }

  /** {@return this mapping, but biases that a network does without are left out} */
  public Weights withoutBiases() {
    return new Weights(layout, true);
  }

  /**
   * Maps arrays onto the parameters of a network.
   *
   * @param network the network
   * @param arrays the arrays of a checkpoint by name
   * @return the values of all parameters by their names, for {@link Network#build(GraphSession,
   *     Map)}
   * @throws IllegalArgumentException if an array is missing, is of a wrong shape, has a value that
   *     is not finite, or belongs to no parameter; the message names them, or the first ones of
   *     many
   */
  public ImmutableMap<String, FloatArray> map(Network network, Map<String, FloatArray> arrays) {
    Map<String, FloatArray> unused = prepared(network, arrays);
    ImmutableMap<String, ImmutableIntArray> flattened =
        layout == Layout.PYTORCH ? FlattenedInputs.of(network) : ImmutableMap.of();
    ImmutableMap.Builder<String, FloatArray> mapped = ImmutableMap.builder();
    List<String> problems = new ArrayList<>();
    for (ParameterSpec parameter : network.parameters()) {
      String name = parameter.name();
      ImmutableIntArray expected = shape(parameter);
      FloatArray array = unused.remove(name);
      if (array == null) {
        problems.add("%s of shape %s is missing".formatted(name, expected));
      } else if (!array.shape().equals(expected)) {
        problems.add("%s must be of shape %s, found %s".formatted(name, expected, array.shape()));
      } else {
        Finiteness.notFinite(name, array).ifPresent(problems::add);
        mapped.put(name, reordered(array, flattened.getOrDefault(name, ImmutableIntArray.of())));
      }
    }
    unused.forEach(
        (name, array) -> {
          if (!(ignoringBiases && isBias(name))) {
            problems.add("%s of shape %s is unexpected".formatted(name, array.shape()));
          }
        });
    checkArgument(
        problems.isEmpty(), "the weights don't fit %s: %s", network.name(), described(problems));
    return mapped.buildOrThrow();
  }

  /**
   * Puts values of a network's parameters in the order of this layout: the way back of {@link
   * #map}, for weights, and for whatever else has a number for each weight, such as gradients.
   *
   * @param network the network
   * @param values values by the name of the parameter, each of its shape; not all need be there
   * @return the arrays by name, in the order of the network's parameters
   * @throws IllegalArgumentException if there is no such parameter, or its shape is another
   */
  public ImmutableMap<String, FloatArray> arrays(Network network, Map<String, FloatArray> values) {
    Map<String, FloatArray> unused = new LinkedHashMap<>(values);
    ImmutableMap<String, ImmutableIntArray> flattened =
        layout == Layout.PYTORCH ? FlattenedInputs.of(network) : ImmutableMap.of();
    ImmutableMap.Builder<String, FloatArray> arrays = ImmutableMap.builder();
    for (ParameterSpec parameter : network.parameters()) {
      String name = parameter.name();
      FloatArray array = unused.remove(name);
      if (array != null) {
        checkArgument(
            array.shape().equals(parameter.shape()),
            "%s must be of shape %s, found %s",
            name,
            parameter.shape(),
            array.shape());
        arrays.put(name, back(array, flattened.getOrDefault(name, ImmutableIntArray.of())));
      }
    }
    checkArgument(
        unused.isEmpty(), "%s has no parameters named %s", network.name(), unused.keySet());
    return arrays.buildOrThrow();
  }

  /** A file of another network has hundreds of problems, of which the first ones say enough. */
  private static String described(List<String> problems) {
    int shown = problems.size() <= MAX_PROBLEMS ? problems.size() : MAX_PROBLEMS - 1;
    String first = String.join("; ", problems.subList(0, shown));
    return shown == problems.size()
        ? first
        : "%s; and %s more".formatted(first, problems.size() - shown);
  }

  /**
   * Says whether arrays are named as the parameters of a network, whatever their shapes.
   *
   * @param network the network
   * @param arrays the arrays of a checkpoint by name
   * @return whether there is one for each parameter and no other
   * @throws IllegalArgumentException if two arrays have the same name but for what is left out
   */
  public boolean areNamedAs(Network network, Map<String, FloatArray> arrays) {
    return prepared(network, arrays).keySet().equals(CheckpointNames.of(network));
  }

  private Map<String, FloatArray> prepared(Network network, Map<String, FloatArray> arrays) {
    Map<String, FloatArray> shortened = CheckpointNames.shortened(network, arrays);
    return layout == Layout.PYTORCH ? FoldedNormalization.fold(shortened) : shortened;
  }

  /** Fixup's biases are named bias1a and so on. */
  private static boolean isBias(String name) {
    return name.substring(name.lastIndexOf('.') + 1).startsWith("bias");
  }

  /** {@return the shape that a parameter's array must have} */
  private ImmutableIntArray shape(ParameterSpec parameter) {
    ImmutableIntArray ours = parameter.shape();
    if (layout == Layout.OURS) {
      return ours;
    }
    return switch (ours.length()) {
      case 2 -> ImmutableIntArray.of(ours.get(1), ours.get(0));
      case 4 -> ImmutableIntArray.of(ours.get(3), ours.get(2), ours.get(0), ours.get(1));
      default -> ours;
    };
  }

  /**
   * Puts the values in our order.
   *
   * @param image the shape of the flattened image that the inputs are, or an empty shape
   */
  private FloatArray reordered(FloatArray array, ImmutableIntArray image) {
    if (layout == Layout.OURS) {
      return array;
    }
    int rank = array.shape().length();
    // PyTorch's inputs of a dense layer are its last dimension.
    if (!image.isEmpty()) {
      int units = rank == 2 ? array.rows() : 1;
      int[] split = {units, image.get(2), image.get(0), image.get(1)};
      FloatArray moved = AxisOrder.permuted(FloatArray.of(array.values(), split), 2, 3, 1, 0);
      return FloatArray.of(moved.values(), shapeOfInputs(image, rank, units));
    }
    return switch (rank) {
      case 2 -> AxisOrder.permuted(array, 1, 0);
      case 4 -> AxisOrder.permuted(array, 2, 3, 1, 0);
      default -> array;
    };
  }

  /**
   * Puts values in our order into that of the layout.
   *
   * @param image the shape of the flattened image that the inputs are, or an empty shape
   */
  private FloatArray back(FloatArray array, ImmutableIntArray image) {
    if (layout == Layout.OURS) {
      return array;
    }
    int rank = array.shape().length();
    if (!image.isEmpty()) {
      int units = rank == 2 ? array.shape().get(1) : 1;
      int[] split = {image.get(0), image.get(1), image.get(2), units};
      FloatArray moved = AxisOrder.permuted(FloatArray.of(array.values(), split), 3, 2, 0, 1);
      int inputs = array.size() / units;
      return rank == 2
          ? FloatArray.of(moved.values(), units, inputs)
          : FloatArray.of(moved.values(), inputs);
    }
    return switch (rank) {
      case 2 -> AxisOrder.permuted(array, 1, 0);
      case 4 -> AxisOrder.permuted(array, 3, 2, 0, 1);
      default -> array;
    };
  }

  private static int[] shapeOfInputs(ImmutableIntArray image, int rank, int units) {
    int inputs = Shapes.size(image);
    return rank == 2 ? new int[] {inputs, units} : new int[] {inputs};
  }
}
