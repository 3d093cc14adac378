package org.xgradient.graph.network;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;

/**
 * An image in PyTorch's order, and layers as plain loops in float64 by PyTorch's definitions: what
 * the layers of this library are compared with.
 */
public final class ChannelFirst {

  private final int channels;
  private final int height;
  private final int width;
  private final double[] values;

  /** What a window sees at one place. */
  @FunctionalInterface
  public interface Pooled {
    double of(double[] seen, int outside);
  }

  public ChannelFirst(int channels, int height, int width, double[] values) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  public static ChannelFirst random(int channels, int height, int width, long seed) {
    return new ChannelFirst(
        channels, height, width, toDouble(randomArray(seed, channels, height, width)));
  }

  /** Standard normal numbers. */
  public static FloatArray randomArray(long seed, int... shape) {
    FloatArray array = FloatArray.zeros(shape);
    DataRandom random = new DataRandom(seed);
    for (int i = 0; i < array.size(); i++) {
      array.values()[i] = (float) random.nextGaussian();
    }
    return array;
  }

  public static double[] toDouble(FloatArray array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.values()[i];
    }
    return values;
  }

  double at(int channel, int row, int column) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? values[(channel * height + row) * width + column] : 0;
  }

  /** {@return the values in the order channels, height, width} */
  public double[] flat() {
    return values;
  }

  /** {@return the values in our order: height, width, channels} */
  public double[] channelLast() {
    return toDouble(toBatch());
  }

  private FloatArray toBatch() {
    float[] moved = new float[values.length];
    int i = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        for (int channel = 0; channel < channels; channel++) {
          moved[i++] = (float) at(channel, row, column);
        }
      }
    }
    return FloatArray.of(moved, 1, height, width, channels);
  }

  /**
   * Puts this image through a layer of this library.
   *
   * @param layer the layer
   * @param weights the parameters that do not keep their initial values
   * @return what comes out, flattened in our order
   */
  public double[] through(Layer layer, Map<String, FloatArray> weights) {
    Sequential layers = Sequential.builder().add("", layer).add("", new Flatten()).build();
    Network network = new Network("test", ImmutableIntArray.of(height, width, channels), layers);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, 0);
      model.assign(weights);
      var tf = session.ops();
      FloatArray batch = toBatch();
      var inputs = tf.reshape(tf.constant(batch.values()), tf.constant(batch.shape().toArray()));
      return toDouble(session.run(Feeds.none(), model.forward(inputs).logits()));
    }
  }

  /** The convolution with a kernel {@code [filters, channels, height, width]}. */
  public ChannelFirst convolve(FloatArray kernel, int stride, int padding) {
    int filters = kernel.shape().get(0);
    int kernelHeight = kernel.shape().get(2);
    int kernelWidth = kernel.shape().get(3);
    int rows = (height + 2 * padding - kernelHeight) / stride + 1;
    int columns = (width + 2 * padding - kernelWidth) / stride + 1;
    double[] result = new double[filters * rows * columns];
    for (int i = 0; i < result.length; i++) {
      int top = i / columns % rows * stride - padding;
      int left = i % columns * stride - padding;
      int weight = i / (rows * columns) * channels * kernelHeight * kernelWidth;
      for (int channel = 0; channel < channels; channel++) {
        for (int row = top; row < top + kernelHeight; row++) {
          for (int column = left; column < left + kernelWidth; column++) {
            result[i] += kernel.values()[weight++] * at(channel, row, column);
          }
        }
      }
    }
    return new ChannelFirst(filters, rows, columns, result);
  }

  /** Any pooling over windows. */
  public ChannelFirst pool(Window window, Pooled pooled) {
    int padding = ((WindowPadding.Sides) window.padding()).top();
    int rows = (height + 2 * padding - window.height()) / window.stride() + 1;
    int columns = (width + 2 * padding - window.width()) / window.stride() + 1;
    double[] result = new double[channels * rows * columns];
    for (int i = 0; i < result.length; i++) {
      int top = i / columns % rows * window.stride() - padding;
      int left = i % columns * window.stride() - padding;
      result[i] =
          seen(
              i / (rows * columns),
              top,
              top + window.height(),
              left,
              left + window.width(),
              pooled);
    }
    return new ChannelFirst(channels, rows, columns, result);
  }

  /** The windows that PyTorch documents for adaptive pooling. */
  public ChannelFirst adaptiveAverage(int rows, int columns) {
    double[] result = new double[channels * rows * columns];
    for (int i = 0; i < result.length; i++) {
      double row = i / columns % rows;
      double column = i % columns;
      result[i] =
          seen(
              i / (rows * columns),
              (int) Math.floor(row * height / rows),
              (int) Math.ceil((row + 1) * height / rows),
              (int) Math.floor(column * width / columns),
              (int) Math.ceil((column + 1) * width / columns),
              ChannelFirst::mean);
    }
    return new ChannelFirst(channels, rows, columns, result);
  }

  private double seen(int channel, int top, int bottom, int left, int right, Pooled pooled) {
    int inside = 0;
    double[] seen = new double[(bottom - top) * (right - left)];
    for (int row = Math.max(0, top); row < Math.min(bottom, height); row++) {
      for (int column = Math.max(0, left); column < Math.min(right, width); column++) {
        seen[inside++] = at(channel, row, column);
      }
    }
    return pooled.of(Arrays.copyOf(seen, inside), seen.length - inside);
  }

  public static double mean(double[] seen, int outside) {
    return Arrays.stream(seen).sum() / (seen.length + outside);
  }

  public static double max(double[] seen, int outside) {
    return Arrays.stream(seen).max().orElseThrow();
  }

  public static double min(double[] seen, int outside) {
    return Arrays.stream(seen).min().orElseThrow();
  }

  public ChannelFirst map(DoubleUnaryOperator function) {
    return new ChannelFirst(channels, height, width, Arrays.stream(values).map(function).toArray());
  }

  public ChannelFirst plus(ChannelFirst other) {
    double[] sum = values.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.values[i];
    }
    return new ChannelFirst(channels, height, width, sum);
  }
}
