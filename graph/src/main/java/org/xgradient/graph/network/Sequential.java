package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashSet;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Layers one after another.
 *
 * @param layers the layers, in order
 */
public record Sequential(ImmutableList<Named> layers) implements Layer {

  /**
   * A layer and its name.
   *
   * @param name the name, without dots; empty for a layer whose parameters carry the names of the
   *     enclosing layer
   * @param layer the layer
   */
  public record Named(String name, Layer layer) {
    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it has characters other than letters, digits, {@code _}
     *     and {@code -}
     */
    public Named {
      checkArgument(
          name.matches("[A-Za-z0-9_-]*"),
          "the name of a layer must have letters, digits, _ and - only, found '%s'",
          name);
    }
  }

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if two layers have the same name
   */
  public Sequential {
    Set<String> names = new HashSet<>();
    for (Named named : layers) {
      checkArgument(
          named.name().isEmpty() || names.add(named.name()),
          "names of layers must differ, found '%s' twice",
          named.name());
    }
  }

  /**
   * Whether paths from the same inputs have layers of the same name, so that their parameters need
   * the name of the path too.
   */
  static boolean haveNamesInCommon(Iterable<Sequential> paths) {
    Set<String> names = new HashSet<>();
    for (Sequential path : paths) {
      for (Named named : path.layers()) {
        if (!named.name().isEmpty() && !names.add(named.name())) {
          return true;
        }
      }
    }
    return false;
  }

  /** {@return the parameters with the name of a path before theirs} */
  ImmutableList<ParameterSpec> parametersIn(String path, ImmutableIntArray input) {
    return parameters(input).stream()
        .map(parameter -> parameter.in(path))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Layers named by their position, as PyTorch names them: {@code 0}, {@code 1}, ...
   *
   * @param layers the layers, in order
   * @return the sequence
   */
  public static Sequential of(Layer... layers) {
    Builder builder = builder();
    for (int i = 0; i < layers.length; i++) {
      builder.add(Integer.toString(i), layers[i]);
    }
    return builder.build();
  }

  /** {@return an empty sequence to add to} */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects named layers. */
  public static final class Builder {
    private final ImmutableList.Builder<Named> layers = ImmutableList.builder();

    private Builder() {}

    /**
     * Adds a layer at the end.
     *
     * @param name the name
     * @param layer the layer
     * @return this
     */
    public Builder add(String name, Layer layer) {
      layers.add(new Named(name, layer));
      return this;
    }

    /** {@return the sequence} */
    public Sequential build() {
      return new Sequential(layers.build());
    }
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    ImmutableIntArray shape = input;
    for (Named named : layers) {
      shape = named.layer().outputShape(shape);
    }
    return shape;
  }

  @Override
  public ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    ImmutableList.Builder<ParameterSpec> parameters = ImmutableList.builder();
    ImmutableIntArray shape = input;
    for (Named named : layers) {
      for (ParameterSpec parameter : named.layer().parameters(shape)) {
        parameters.add(parameter.in(named.name()));
      }
      shape = named.layer().outputShape(shape);
    }
    return parameters.build();
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    Operand<TFloat32> outputs = inputs;
    for (Named named : layers) {
      outputs = named.layer().apply(scope.inner(named.name()), outputs);
    }
    return outputs;
  }

  @Override
  public Sequential withoutBiases() {
    return new Sequential(
        layers.stream()
            .map(named -> new Named(named.name(), named.layer().withoutBiases()))
            .collect(ImmutableList.toImmutableList()));
  }
}
