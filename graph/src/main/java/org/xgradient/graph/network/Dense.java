package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Parameter.Role;

/**
 * A fully connected layer: {@code x W + b}, with {@code weight} of shape {@code [inputs, units]}
 * and {@code bias} of shape {@code [units]}.
 *
 * @param units the number of outputs, at least 1
 * @param bias whether there is a bias
 * @param weightInitializer the initial weights
 * @param biasInitializer the initial biases
 */
public record Dense(
    int units, boolean bias, Initializer weightInitializer, Initializer biasInitializer)
    implements Layer {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code units} is less than 1
   */
  public Dense {
    checkArgument(units >= 1, "units must be at least 1, found %s", units);
  }

  /**
   * A layer with a bias, weights and biases uniform by the fan-in.
   *
   * @param units the number of outputs, at least 1
   * @return the layer
   */
  public static Dense of(int units) {
    return new Dense(units, true, Initializer.uniformFanIn(), Initializer.uniformFanIn());
  }

  /**
   * The same layer with other initial values.
   *
   * @param weights the initial weights
   * @param biases the initial biases
   * @return the layer
   */
  public Dense withInitializers(Initializer weights, Initializer biases) {
    return new Dense(units, bias, weights, biases);
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    checkArgument(
        input.length() == 1,
        "a dense layer needs examples of rank 1, found %s; put a Flatten before it",
        input);
    return ImmutableIntArray.of(units);
  }

  @Override
  public ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    int inputs = input.get(0);
    var weight =
        new ParameterSpec(
            "weight",
            Role.WEIGHT,
            ImmutableIntArray.of(inputs, units),
            inputs,
            units,
            weightInitializer);
    return bias
        ? ImmutableList.of(
            weight,
            new ParameterSpec(
                "bias", Role.BIAS, ImmutableIntArray.of(units), inputs, units, biasInitializer))
        : ImmutableList.of(weight);
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    var tf = scope.ops();
    var product = tf.linalg.matMul(inputs, scope.parameter("weight"));
    return bias ? tf.nn.biasAdd(product, scope.parameter("bias")) : product;
  }

  @Override
  public Dense withoutBiases() {
    return new Dense(units, false, weightInitializer, biasInitializer);
  }
}
