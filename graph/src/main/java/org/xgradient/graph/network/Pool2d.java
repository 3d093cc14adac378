package org.xgradient.graph.network;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * One value of each window, channel by channel.
 *
 * @param kind which value
 * @param window the window; its padding is at most half its size
 */
public record Pool2d(Kind kind, Window window) implements Layer {

  /** What is taken of a window. */
  public enum Kind {
    /**
     * The mean: linear. Zeros that pad the image count, as is PyTorch's default; but with {@link
     * WindowPadding#same()} only the pixels of the image do, as in TensorFlow.
     */
    AVERAGE,
    /** The largest value: nonnegatively homogeneous. Padding never wins. */
    MAX,
    /** The smallest value: nonnegatively homogeneous. Padding never wins. */
    MIN
  }

  /**
   * Checks the window.
   *
   * @throws IllegalArgumentException if the padding is more than half the size of the window
   */
  public Pool2d {
    window.checkMeetsPixels();
  }

  /** {@return a layer of means} */
  public static Pool2d average(Window window) {
    return new Pool2d(Kind.AVERAGE, window);
  }

  /** {@return a layer of largest values} */
  public static Pool2d max(Window window) {
    return new Pool2d(Kind.MAX, window);
  }

  /** {@return a layer of smallest values} */
  public static Pool2d min(Window window) {
    return new Pool2d(Kind.MIN, window);
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return window.imageOfPlaces(input, input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    var tf = scope.ops();
    return switch (kind) {
      case AVERAGE -> Pooling.average(tf, inputs, window);
      case MAX -> Pooling.max(tf, inputs, window);
      case MIN -> tf.math.neg(Pooling.max(tf, tf.math.neg(inputs), window));
    };
  }
}
