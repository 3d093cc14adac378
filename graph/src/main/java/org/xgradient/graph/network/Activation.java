package org.xgradient.graph.network;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.gradient.Rectifier;

/** An activation function without parameters, applied to each element. */
public enum Activation implements Layer {
  /** {@code max(x, 0)}: nonnegatively homogeneous. */
  RELU {
    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
      return scope.mode().isForGradients()
          ? Rectifier.of(scope.ops(), inputs)
          : scope.ops().nn.relu(inputs);
    }
  },
  /** {@code x} where positive, {@code e^x - 1} elsewhere: not homogeneous. */
  ELU {
    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
      return scope.ops().nn.elu(inputs);
    }
  },
  /** {@code log(1 + e^x)}: not homogeneous. */
  SOFTPLUS {
    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
      return scope.ops().math.softplus(inputs);
    }
  },
  /** {@code 1 / (1 + e^(-x))}: not homogeneous. */
  SIGMOID {
    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
      return scope.ops().math.sigmoid(inputs);
    }
  },
  /** The hyperbolic tangent: not homogeneous. */
  TANH {
    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
      return scope.ops().math.tanh(inputs);
    }
  };

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return input;
  }
}
