package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The means of windows chosen so that the output has a given size: linear.
 *
 * <p>Output row {@code i} of {@code m} is the mean of the input rows from {@code ⌊ i n / m ⌋} to
 * {@code ⌈ (i + 1) n / m ⌉}, exclusive, of {@code n}, and the same for columns, as in PyTorch:
 * windows may overlap and differ in size by one, and an output larger than the input repeats
 * pixels.
 *
 * @param height the height of the output, at least 1
 * @param width the width of the output, at least 1
 */
public record AdaptiveAveragePool2d(int height, int width) implements Layer {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public AdaptiveAveragePool2d {
    checkArgument(
        height >= 1 && width >= 1,
        "height and width must be at least 1, found %s and %s",
        height,
        width);
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    Window.checkImage(input);
    return ImmutableIntArray.of(height, width, input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    var tf = scope.ops();
    int inputHeight = Math.toIntExact(inputs.shape().get(1));
    int inputWidth = Math.toIntExact(inputs.shape().get(2));
    int channels = Math.toIntExact(inputs.shape().get(3));
    if (inputHeight == height && inputWidth == width) {
      return inputs;
    }
    // Separable: the mean over the rows of a window, then that over its columns.
    var rows = tf.reshape(inputs, tf.constant(new int[] {-1, inputHeight, inputWidth * channels}));
    var means = average(tf, inputHeight, height, rows);
    var columns = tf.reshape(means, tf.constant(new int[] {-1, inputWidth, channels}));
    means = average(tf, inputWidth, width, columns);
    return tf.reshape(means, tf.constant(new int[] {-1, height, width, channels}));
  }

  /** Means over the second axis. */
  private static Operand<TFloat32> average(Ops tf, int from, int to, Operand<TFloat32> batch) {
    return from == to
        ? batch
        : tf.train.batchMatMul(tf.constant(weights(from, to)), batch, TFloat32.class);
  }

  /** {@return the share of each input in each output, of shape {@code [1, to, from]}} */
  private static float[][][] weights(int from, int to) {
    float[][] weights = new float[to][from];
    for (int i = 0; i < to; i++) {
      int first = i * from / to;
      int end = ((i + 1) * from + to - 1) / to;
      for (int j = first; j < end; j++) {
        weights[i][j] = 1f / (end - first);
      }
    }
    return new float[][][] {weights};
  }
}
