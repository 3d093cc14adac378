package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.nn.LeakyRelu.Options;
import org.tensorflow.types.TFloat32;

/**
 * {@code x} where positive, {@code s x} elsewhere: nonnegatively homogeneous.
 *
 * @param slope the slope {@code s}, finite
 */
public record LeakyRelu(float slope) implements Layer {

  /**
   * Checks the slope.
   *
   * @throws IllegalArgumentException if it is not in {@code [0, 1]}: TensorFlow computes {@code
   *     max(x, slope * x)}, which is something else for other slopes
   */
  public LeakyRelu {
    checkArgument(slope >= 0 && slope <= 1, "slope must be in [0, 1], found %s", slope);
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    Options alpha = org.tensorflow.op.nn.LeakyRelu.alpha(slope);
    return scope.ops().nn.leakyRelu(inputs, alpha);
  }
}
