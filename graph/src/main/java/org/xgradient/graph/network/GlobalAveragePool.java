package org.xgradient.graph.network;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The mean of each channel over the whole image, of shape {@code [channels]}: linear. */
public record GlobalAveragePool() implements Layer {

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    Window.checkImage(input);
    return ImmutableIntArray.of(input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    var tf = scope.ops();
    return tf.math.mean(inputs, tf.constant(new int[] {1, 2}));
  }
}
