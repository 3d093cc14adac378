package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.architectures.Weights;

/**
 * The description of a network: immutable, and free of any graph.
 *
 * @param name the name, which prefixes the names of its operations
 * @param inputShape the shape of one example, without the batch dimension
 * @param layers the layers from the inputs to the logits
 */
public record Network(String name, ImmutableIntArray inputShape, Sequential layers) {

  /**
   * Checks that the layers fit together and end in logits, and that each parameter has a name.
   *
   * @throws IllegalArgumentException if a layer can't take what the one before it gives, the output
   *     of one example is not of rank 1, or two parameters have the same name
   */
  public Network {
    checkArgument(
        name.matches("[A-Za-z0-9][A-Za-z0-9_-]*"),
        "the name of a network must have letters, digits, _ and - only, found '%s'",
        name);
    ImmutableIntArray output = layers.outputShape(inputShape);
    checkArgument(
        output.length() == 1,
        "the output of a network must be of shape [outputs], found %s",
        output);
    Set<String> names = new HashSet<>();
    for (ParameterSpec parameter : layers.parameters(inputShape)) {
      checkArgument(
          !parameter.name().isEmpty(), "a layer must have a name, for its parameter has none");
      checkArgument(
          names.add(parameter.name()),
          "names of parameters must differ, found '%s' twice",
          parameter.name());
    }
  }

  /** {@return the number of logits} */
  public int outputs() {
    return layers.outputShape(inputShape).get(0);
  }

  /** {@return the parameters, in the order in which the layers use them} */
  public ImmutableList<ParameterSpec> parameters() {
    return layers.parameters(inputShape);
  }

  /** {@return the number of values of all parameters} */
  public long parameterCount() {
    return parameters().stream().mapToLong(ParameterSpec::size).sum();
  }

  /** {@return whether any layer adds a bias or a shift} */
  public boolean hasBiases() {
    return parameters().stream().anyMatch(parameter -> parameter.role() == Role.BIAS);
  }

  /**
   * The X- variant of this network: without biases and scalar shifts, otherwise the same (FAA, Sec.
   * 3.2).
   *
   * @return the network, its name prefixed with {@code x-}
   */
  public Network withoutBiases() {
    return new Network(
        name.startsWith("x-") ? name : "x-" + name, inputShape, layers.withoutBiases());
  }

  /**
   * Adds the parameters of this network to a graph and gives them initial values.
   *
   * @param session the graph and its session
   * @param seed the seed of the initial values; each parameter's depend on it and on the position
   *     of the parameter only
   * @return the model
   */
  public NetworkModel build(GraphSession session, long seed) {
    NetworkModel model = NetworkModel.create(this, session);
    model.initialize(seed);
    return model;
  }

  /**
   * Adds the parameters of this network to a graph and gives them values, without drawing initial
   * ones, which takes seconds for a large network.
   *
   * @param session the graph and its session
   * @param weights the values of all parameters by name, as {@link Weights#map} gives them
   * @return the model
   * @throws IllegalArgumentException if the names are not those of the parameters, or a shape is
   *     another
   */
  public NetworkModel build(GraphSession session, Map<String, FloatArray> weights) {
    var names =
        parameters().stream().map(ParameterSpec::name).collect(ImmutableSet.toImmutableSet());
    checkArgument(
        names.equals(weights.keySet()),
        "%s needs weights for %s, found %s",
        name,
        names,
        weights.keySet());
    NetworkModel model = NetworkModel.create(this, session);
    model.assign(weights);
    return model;
  }
}
