package org.xgradient.graph.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Parameter.Role;

/**
 * A trained scalar that is added, first 0: a bias, which an X-DNN does without (Zhang et al. 2019,
 * Sec. 3). Its parameter is of shape {@code [1]} and has the name of the layer and none of its own.
 */
public record Shift() implements Layer {

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return input;
  }

  @Override
  public ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    return ImmutableList.of(
        new ParameterSpec("", Role.BIAS, ImmutableIntArray.of(1), 1, 1, Initializer.constant(0)));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    return scope.ops().math.add(inputs, scope.parameter(""));
  }

  /** {@return the identity} */
  @Override
  public Sequential withoutBiases() {
    return Sequential.of();
  }
}
