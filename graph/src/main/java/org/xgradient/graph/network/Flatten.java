package org.xgradient.graph.network;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.architectures.Weights;

/**
 * Makes each example a vector, the last dimension running fastest: (height, width, channels) for
 * images. PyTorch's order is (channels, height, width); {@link Weights} reorders.
 */
public record Flatten() implements Layer {

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return ImmutableIntArray.of(Shapes.size(input));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    return Shapes.flatRows(scope.ops(), inputs);
  }
}
