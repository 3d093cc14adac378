package org.xgradient.graph.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Parameter.Role;

/**
 * A trained scalar factor, first 1: homogeneous, so that it stays in an X-DNN (Zhang et al. 2019,
 * Sec. 3). Its parameter is of shape {@code [1]} and has the name of the layer and none of its own.
 */
public record Scale() implements Layer {

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return input;
  }

  @Override
  public ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    return ImmutableList.of(
        new ParameterSpec("", Role.SCALE, ImmutableIntArray.of(1), 1, 1, Initializer.constant(1)));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    return scope.ops().math.mul(inputs, scope.parameter(""));
  }
}
