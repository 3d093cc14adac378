package org.xgradient.graph.network;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The largest value of each window, channel by channel: nonnegatively homogeneous. Padding never
 * wins.
 *
 * @param window the window; its padding is at most half its size
 */
public record MaxPool2d(Window window) implements Layer {

  /**
   * Checks the window.
   *
   * @throws IllegalArgumentException if the padding is more than half the size of the window
   */
  public MaxPool2d {
    window.checkMeetsPixels();
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return window.imageOfPlaces(input, input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    return Pooling.max(scope.ops(), inputs, window);
  }
}
