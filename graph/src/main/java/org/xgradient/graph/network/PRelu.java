package org.xgradient.graph.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Parameter.Role;

/**
 * {@code x} where positive, {@code s_c x} elsewhere, with one trained slope a channel (the last
 * dimension): nonnegatively homogeneous (He et al. 2015, Eq. 1).
 *
 * @param initialSlope the slope before training
 */
public record PRelu(float initialSlope) implements Layer {

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return input;
  }

  @Override
  public ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    return ImmutableList.of(
        new ParameterSpec(
            "weight",
            Role.SLOPE,
            ImmutableIntArray.of(input.get(input.length() - 1)),
            1,
            1,
            Initializer.constant(initialSlope)));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    var tf = scope.ops();
    // max(x, 0) + s (x - max(x, 0)), whose derivative at 0 is s, as that of a LeakyRelu is.
    var positivePart = tf.nn.relu(inputs);
    var negativePart = tf.math.sub(inputs, positivePart);
    return tf.math.add(positivePart, tf.math.mul(negativePart, scope.parameter("weight")));
  }
}
