package org.xgradient.benchmarks.campaign.compare;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Iterator;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.AdaptiveAveragePool2d;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Conv1d;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Dropout;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.GlobalAveragePool;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.LeakyRelu;
import org.xgradient.graph.network.PRelu;
import org.xgradient.graph.network.Pool2d;
import org.xgradient.graph.network.PoolOverTime;
import org.xgradient.graph.network.Residual;
import org.xgradient.graph.network.Scale;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Shift;
import org.xgradient.graph.network.Window;
import org.xgradient.graph.network.WindowPadding;
import org.xgradient.graph.network.ZeroPadding2d;

/** Every layer by the formula of its documentation, one number at a time. */
final class PlainLayers {

  private final Tape tape;
  private final Iterator<int[]> parameters;

  /**
   * Starts at the first layer.
   *
   * @param tape where to compute
   * @param parameters the nodes of each parameter, in the order in which layers use them
   */
  PlainLayers(Tape tape, Iterator<int[]> parameters) {
    this.tape = tape;
    this.parameters = parameters;
  }

  /**
   * The nodes of one example.
   *
   * @param shape the shape
   * @param nodes the nodes in row-major order
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Values(ImmutableIntArray shape, int[] nodes) {
    int at(int y, int x, int channel) {
      return nodes[(y * shape.get(1) + x) * shape.get(2) + channel];
    }
  }

  Values apply(Layer layer, Values in) {
    if (layer instanceof Sequential sequential) {
      Values values = in;
      for (Sequential.Named named : sequential.layers()) {
        values = apply(named.layer(), values);
      }
      return values;
    }
    ImmutableIntArray shape = layer.outputShape(in.shape());
    return new Values(shape, nodes(layer, in, shape));
  }

  private int[] nodes(Layer layer, Values in, ImmutableIntArray out) {
    if (layer instanceof Dense dense) {
      return dense(dense, in);
    } else if (layer instanceof Conv2d convolution) {
      return convolution(convolution, in, out);
    } else if (layer instanceof Conv1d convolution) {
      return convolutionOverTime(convolution, in);
    } else if (layer instanceof PoolOverTime pool) {
      return overTime(pool, in);
    } else if (layer instanceof Pool2d pool) {
      return pool(pool, in, out);
    } else if (layer instanceof Activation activation) {
      return Arrays.stream(in.nodes()).map(node -> activation(activation, node)).toArray();
    } else if (layer instanceof LeakyRelu leaky) {
      return Arrays.stream(in.nodes()).map(node -> tape.bent(node, 1, leaky.slope())).toArray();
    } else if (layer instanceof PRelu) {
      return prelu(in);
    } else if (layer instanceof Scale) {
      int factor = parameters.next()[0];
      return Arrays.stream(in.nodes()).map(node -> tape.product(node, factor)).toArray();
    } else if (layer instanceof Shift) {
      int shift = parameters.next()[0];
      return Arrays.stream(in.nodes()).map(node -> tape.add(node, shift)).toArray();
    } else if (layer instanceof Flatten || layer instanceof Dropout) {
      // Row-major order is that of the nodes; in inference dropout does nothing.
      return in.nodes();
    } else if (layer instanceof GlobalAveragePool) {
      return means(in, 1, 1);
    } else if (layer instanceof AdaptiveAveragePool2d pool) {
      return means(in, pool.height(), pool.width());
    } else if (layer instanceof ZeroPadding2d padding) {
      return padded(padding, in, out);
    } else if (layer instanceof Residual residual) {
      return sum(apply(residual.main(), in), apply(residual.shortcut(), in));
    } else if (layer instanceof Concatenation concatenation) {
      return joined(concatenation, in, out);
    }
    throw new IllegalArgumentException("there is no plain version of " + layer);
  }

  private int[] dense(Dense dense, Values in) {
    int[] weight = parameters.next();
    int[] bias = dense.bias() ? parameters.next() : null;
    int inputs = in.nodes().length;
    int[] out = new int[dense.units()];
    int[] column = new int[inputs];
    for (int unit = 0; unit < out.length; unit++) {
      for (int i = 0; i < inputs; i++) {
        column[i] = weight[i * out.length + unit];
      }
      int sum = tape.sumOfProducts(in.nodes(), column, inputs);
      out[unit] = bias == null ? sum : tape.add(sum, bias[unit]);
    }
    return out;
  }

  private int[] convolution(Conv2d convolution, Values in, ImmutableIntArray out) {
    int[] weight = parameters.next();
    int[] bias = convolution.bias() ? parameters.next() : null;
    Window window = convolution.window();
    Margin margin = Margin.of(window, in.shape(), out);
    int channels = in.shape().get(2);
    int filters = convolution.filters();
    int[] pixels = new int[window.height() * window.width() * channels];
    int[] weights = new int[pixels.length];
    int[] nodes = new int[out.get(0) * out.get(1) * filters];
    int next = 0;
    for (int y = 0; y < out.get(0); y++) {
      for (int x = 0; x < out.get(1); x++) {
        for (int filter = 0; filter < filters; filter++) {
          int count = 0;
          for (int dy = 0; dy < window.height(); dy++) {
            for (int dx = 0; dx < window.width(); dx++) {
              int fromY = y * window.stride() + dy - margin.top();
              int fromX = x * window.stride() + dx - margin.left();
              if (isInside(in, fromY, fromX)) {
                for (int channel = 0; channel < channels; channel++) {
                  pixels[count] = in.at(fromY, fromX, channel);
                  weights[count++] =
                      weight[((dy * window.width() + dx) * channels + channel) * filters + filter];
                }
              }
            }
          }
          int sum = tape.sumOfProducts(pixels, weights, count);
          nodes[next++] = bias == null ? sum : tape.add(sum, bias[filter]);
        }
      }
    }
    return nodes;
  }

  private int[] convolutionOverTime(Conv1d convolution, Values in) {
    int[] weight = parameters.next();
    int[] bias = convolution.bias() ? parameters.next() : null;
    int steps = in.shape().get(0);
    int channels = in.shape().get(1);
    int filters = convolution.filters();
    int before = (convolution.width() - 1) / 2;
    int[] nodes = new int[steps * filters];
    int[] values = new int[convolution.width() * channels];
    int[] weights = new int[values.length];
    for (int t = 0; t < steps; t++) {
      for (int filter = 0; filter < filters; filter++) {
        int count = 0;
        for (int d = 0; d < convolution.width(); d++) {
          int from = t + d - before;
          for (int channel = 0; channel < channels && from >= 0 && from < steps; channel++) {
            values[count] = in.nodes()[from * channels + channel];
            weights[count++] = weight[(d * channels + channel) * filters + filter];
          }
        }
        int sum = tape.sumOfProducts(values, weights, count);
        nodes[t * filters + filter] = bias == null ? sum : tape.add(sum, bias[filter]);
      }
    }
    return nodes;
  }

  private int[] overTime(PoolOverTime pool, Values in) {
    int steps = in.shape().get(0);
    int[] nodes = new int[in.shape().get(1)];
    int[] values = new int[steps];
    for (int channel = 0; channel < nodes.length; channel++) {
      for (int t = 0; t < steps; t++) {
        values[t] = in.nodes()[t * nodes.length + channel];
      }
      nodes[channel] =
          pool.kind() == PoolOverTime.Kind.MAX
              ? tape.sharedMaximum(values)
              : tape.sum(values, steps, 1.0 / steps);
    }
    return nodes;
  }

  private int[] pool(Pool2d pool, Values in, ImmutableIntArray out) {
    Window window = pool.window();
    Margin margin = Margin.of(window, in.shape(), out);
    int area = window.height() * window.width();
    int[] pixels = new int[area];
    int[] nodes = new int[out.get(0) * out.get(1) * out.get(2)];
    int next = 0;
    for (int y = 0; y < out.get(0); y++) {
      for (int x = 0; x < out.get(1); x++) {
        for (int channel = 0; channel < out.get(2); channel++) {
          int count = 0;
          for (int dy = 0; dy < window.height(); dy++) {
            for (int dx = 0; dx < window.width(); dx++) {
              int fromY = y * window.stride() + dy - margin.top();
              int fromX = x * window.stride() + dx - margin.left();
              if (isInside(in, fromY, fromX)) {
                pixels[count++] = in.at(fromY, fromX, channel);
              }
            }
          }
          nodes[next++] =
              switch (pool.kind()) {
                case AVERAGE -> tape.sum(pixels, count, 1.0 / (margin.counts() ? area : count));
                case MAX -> tape.extremum(pixels, count, 1);
                case MIN -> tape.extremum(pixels, count, -1);
              };
        }
      }
    }
    return nodes;
  }

  /**
   * Where the first window begins, and whether means count what is outside of the image.
   *
   * @param top the number of rows above
   * @param left the number of columns on the left
   * @param counts whether what is outside counts
   */
  private record Margin(int top, int left, boolean counts) {
    static Margin of(Window window, ImmutableIntArray in, ImmutableIntArray out) {
      return window.padding() instanceof WindowPadding.Sides sides
          ? new Margin(sides.top(), sides.left(), true)
          : new Margin(
              same(window.height(), window.stride(), in.get(0), out.get(0)),
              same(window.width(), window.stride(), in.get(1), out.get(1)),
              false);
    }

    /** Half of what is missing, rounded down. */
    private static int same(int size, int stride, int pixels, int places) {
      return Math.max(0, (places - 1) * stride + size - pixels) / 2;
    }
  }

  private static boolean isInside(Values image, int y, int x) {
    return y >= 0 && y < image.shape().get(0) && x >= 0 && x < image.shape().get(1);
  }

  /** Means over the windows of which {@link AdaptiveAveragePool2d} tells. */
  private int[] means(Values in, int height, int width) {
    int rows = in.shape().get(0);
    int columns = in.shape().get(1);
    int channels = in.shape().get(2);
    int[] nodes = new int[height * width * channels];
    int[] pixels = new int[rows * columns];
    int next = 0;
    for (int i = 0; i < height; i++) {
      int top = (int) Math.floor((double) i * rows / height);
      int bottom = (int) Math.ceil((i + 1.0) * rows / height);
      for (int j = 0; j < width; j++) {
        int left = (int) Math.floor((double) j * columns / width);
        int right = (int) Math.ceil((j + 1.0) * columns / width);
        for (int channel = 0; channel < channels; channel++) {
          int count = 0;
          for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
              pixels[count++] = in.at(y, x, channel);
            }
          }
          nodes[next++] = tape.sum(pixels, count, 1.0 / count);
        }
      }
    }
    return nodes;
  }

  private int[] padded(ZeroPadding2d padding, Values in, ImmutableIntArray out) {
    int zero = tape.constant(0);
    int[] nodes = new int[out.get(0) * out.get(1) * out.get(2)];
    int next = 0;
    for (int y = 0; y < out.get(0); y++) {
      for (int x = 0; x < out.get(1); x++) {
        for (int channel = 0; channel < out.get(2); channel++) {
          int fromY = y - padding.top();
          int fromX = x - padding.left();
          nodes[next++] = isInside(in, fromY, fromX) ? in.at(fromY, fromX, channel) : zero;
        }
      }
    }
    return nodes;
  }

  private int activation(Activation activation, int node) {
    double x = tape.value(node);
    return switch (activation) {
      case RELU -> tape.bent(node, 1, 0);
      case ELU ->
          x > 0
              ? tape.times(node, 1)
              : tape.function(node, Math.expm1(x), Math.exp(x), Math.exp(x));
      case SOFTPLUS -> {
        double s = 1 / (1 + Math.exp(-x));
        yield tape.function(
            node, Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), s, s * (1 - s));
      }
      case SIGMOID -> {
        double s = 1 / (1 + Math.exp(-x));
        yield tape.function(node, s, s * (1 - s), s * (1 - s) * (1 - 2 * s));
      }
      case TANH -> {
        double t = Math.tanh(x);
        yield tape.function(node, t, 1 - t * t, -2 * t * (1 - t * t));
      }
    };
  }

  /** {@code x} where positive and {@code slope · x} where negative, channel by channel. */
  private int[] prelu(Values in) {
    int[] slopes = parameters.next();
    int[] nodes = new int[in.nodes().length];
    for (int i = 0; i < nodes.length; i++) {
      int positive = tape.bent(in.nodes()[i], 1, 0);
      int negative = tape.bent(in.nodes()[i], 0, 1);
      nodes[i] = tape.add(positive, tape.product(negative, slopes[i % slopes.length]));
    }
    return nodes;
  }

  private int[] sum(Values one, Values other) {
    int[] nodes = new int[one.nodes().length];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = tape.add(one.nodes()[i], other.nodes()[i]);
    }
    return nodes;
  }

  private int[] joined(Concatenation concatenation, Values in, ImmutableIntArray out) {
    int channels = out.get(out.length() - 1);
    int[] nodes = new int[Shapes.size(out)];
    int first = 0;
    for (Sequential branch : concatenation.branches()) {
      Values values = apply(branch, in);
      int width = values.shape().get(values.shape().length() - 1);
      for (int i = 0; i < values.nodes().length; i++) {
        nodes[i / width * channels + first + i % width] = values.nodes()[i];
      }
      first += width;
    }
    return nodes;
  }
}
