package org.xgradient.graph.network;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The mean of each window, channel by channel: linear. Zeros pad the image and count, as is
 * PyTorch's default.
 *
 * @param window the window; its padding is at most half its size
 */
public record AvgPool2d(Window window) implements Layer {

  /**
   * Checks the window.
   *
   * @throws IllegalArgumentException if the padding is more than half the size of the window
   */
  public AvgPool2d {
    window.checkMeetsPixels();
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return window.imageOfPlaces(input, input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    return Pooling.average(scope.ops(), inputs, window);
  }
}
