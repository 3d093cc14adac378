package org.xgradient.graph.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ConvolutionProbe;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;

/**
 * Convolutions and their gradients of both orders against sums of products in double precision, in
 * sizes that TensorFlow with oneDNN gets wrong on some machine or other, or at which it writes
 * where it must not.
 */
class ConvolutionGradientTest {

  /** Sums of at most some thousand products, in float32, over the largest of them. */
  private static final double ROUNDING = 1e-4;

  private static final int ROWS = 3;

  @ParameterizedTest
  @CsvSource({
    // One channel and one filter, with a stride.
    "1, 1, 3, 3, 2, false, 7, 8",
    "1, 1, 2, 2, 3, false, 9, 6",
    "1, 1, 4, 4, 2, true, 7, 9",
    // Channels in an odd number of blocks of 16.
    "33, 2, 3, 3, 1, true, 5, 6",
    "48, 4, 3, 3, 1, false, 6, 5",
    "48, 20, 1, 1, 1, false, 5, 5",
    "80, 3, 2, 3, 2, true, 7, 6",
    "100, 8, 1, 3, 1, true, 1, 9",
    "100, 8, 5, 5, 3, true, 8, 7",
    "97, 2, 1, 1, 3, true, 4, 7",
    // Kernels of one pixel that skip one.
    "3, 4, 1, 1, 2, false, 12, 12",
    "12, 8, 1, 1, 2, true, 16, 14",
    // Few, with sizes that the others don't have.
    "32, 20, 2, 1, 1, false, 9, 1",
    "75, 81, 4, 1, 3, false, 7, 2",
    "22, 23, 3, 1, 1, true, 12, 1"
  })
  void areSumsOfProducts(
      int channels, int filters, int down, int across, int stride, boolean same, int h, int w) {
    var window =
        same
            ? new Window(down, across, stride, WindowPadding.same())
            : new Window(down, across, stride, 0);
    check(ImmutableIntArray.of(h, w, channels), filters, window);
  }

  private static void check(ImmutableIntArray image, int filters, Window window) {
    Network network =
        new Network(
            "conv",
            image,
            Sequential.of(Conv2d.of(filters, window), new Flatten(), Dense.of(1)).withoutBiases());
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, 7);
      var tf = session.ops();
      var inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(image)));
      var pass = model.forward(inputs);
      assertThat(Homogeneity.of(pass)).isInstanceOf(Proven.class);
      Operand<TFloat32> weight = model.parameters().get(0).value();
      Operand<TFloat32> byInput = Gradients.of(tf, pass.logits(), inputs);
      Operand<TFloat32> byWeight = Gradients.of(tf, pass.logits(), weight);
      Operand<TFloat32> second = Gradients.of(tf, tf.math.square(byInput), weight);
      FloatArray x = ChannelFirst.randomArray(3, ROWS, image.get(0), image.get(1), image.get(2));
      List<FloatArray> found =
          session.run(
              Feeds.of(inputs, x),
              List.of(tf.identity(pass.logits()), byInput, byWeight, second),
              List.of());
      var plain =
          new Plain(
              image,
              filters,
              window,
              doubles(session.run(Feeds.none(), weight)),
              doubles(session.run(Feeds.none(), model.parameters().get(1).value())));
      assertClose(found.get(0), plain.logits(doubles(x)));
      double[] gradient = plain.byInput();
      double[] repeated = repeated(gradient);
      assertClose(found.get(1), repeated);
      assertClose(found.get(2), plain.byWeight(doubles(x), 1));
      // Of the sum of the squares, for the gradient is linear in the weights.
      assertClose(found.get(3), plain.byWeight(repeated, 2));
    }
  }

  private static double[] repeated(double[] row) {
    double[] rows = new double[ROWS * row.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row[i % row.length];
    }
    return rows;
  }

  private static double[] doubles(FloatArray array) {
    double[] doubles = new double[array.size()];
    Arrays.setAll(doubles, i -> array.values()[i]);
    return doubles;
  }

  private static void assertClose(FloatArray found, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(found.size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found.values()[i])
          .as("entry %d", i)
          .isCloseTo(expected[i], within(ROUNDING * largest));
    }
  }

  /** The network as sums of {@code v_(p, f) w_(k, c, f) x_(p s + k, c)} over everything. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Plain(
      ImmutableIntArray image, int filters, Window window, double[] w, double[] v) {

    /** What is to be done with the indices of a product. */
    private interface Product {
      void at(int v, int w, int x);
    }

    private void each(Product product) {
      int height = image.get(0);
      int width = image.get(1);
      int channels = image.get(2);
      ImmutableIntArray places = window.places(image);
      int top = margin(height, places.get(0), window.height());
      int left = margin(width, places.get(1), window.width());
      for (int p = 0; p < places.get(0) * places.get(1); p++) {
        for (int k = 0; k < window.height() * window.width(); k++) {
          int y = p / places.get(1) * window.stride() + k / window.width() - top;
          int x = p % places.get(1) * window.stride() + k % window.width() - left;
          if (y < 0 || y >= height || x < 0 || x >= width) {
            continue;
          }
          for (int c = 0; c < channels; c++) {
            for (int f = 0; f < filters; f++) {
              product.at(
                  p * filters + f,
                  (k * channels + c) * filters + f,
                  (y * width + x) * channels + c);
            }
          }
        }
      }
    }

    private int margin(int size, int places, int kernel) {
      return window.isSame() ? Math.max(0, (places - 1) * window.stride() + kernel - size) / 2 : 0;
    }

    double[] logits(double[] x) {
      double[] logits = new double[ROWS];
      int size = x.length / ROWS;
      for (int row = 0; row < ROWS; row++) {
        int from = row * size;
        double[] sum = new double[1];
        each((vi, wi, xi) -> sum[0] += v[vi] * w[wi] * x[from + xi]);
        logits[row] = sum[0];
      }
      return logits;
    }

    double[] byInput() {
      double[] gradient = new double[image.stream().reduce(1, (a, b) -> a * b)];
      each((vi, wi, xi) -> gradient[xi] += v[vi] * w[wi]);
      return gradient;
    }

    double[] byWeight(double[] x, double factor) {
      double[] gradient = new double[w.length];
      int size = x.length / ROWS;
      for (int row = 0; row < ROWS; row++) {
        int from = row * size;
        each((vi, wi, xi) -> gradient[wi] += factor * v[vi] * x[from + xi]);
      }
      return gradient;
    }
  }

  /** A graph of one's own, of which this library takes the gradient. */
  @Test
  void areRightInGraphsThatOthersBuild() {
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var images = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(image(48))));
      FloatArray kernel = ChannelFirst.randomArray(5, 3, 3, 48, 4);
      var weight = tf.reshape(tf.constant(kernel.values()), tf.constant(kernel.shape().toArray()));
      var convolved = tf.nn.conv2d(images, weight, List.of(1L, 1L, 1L, 1L), "VALID");
      var gradient = Gradients.of(tf, convolved, images);
      FloatArray x = ChannelFirst.randomArray(6, 1, 6, 5, 48);
      double[] ones = new double[4 * 3 * 4];
      Arrays.fill(ones, 1);
      var plain = new Plain(image(48), 4, new Window(3, 3, 1, 0), doubles(kernel), ones);
      assertClose(session.run(Feeds.of(images, x), gradient), plain.byInput());
    }
  }

  /** For which TensorFlow has nothing but oneDNN. */
  @ParameterizedTest
  @CsvSource({"VALID, 1", "VALID, 2", "SAME, 1", "SAME, 2"})
  void existForGroupsOfChannels(String padding, long stride) {
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var images = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(image(4))));
      FloatArray kernel = ChannelFirst.randomArray(5, 3, 3, 2, 6);
      var weight = tf.reshape(tf.constant(kernel.values()), tf.constant(kernel.shape().toArray()));
      List<Long> strides = List.of(1L, stride, stride, 1L);
      var grouped = tf.nn.conv2d(images, weight, strides, padding);
      var three = tf.constant(3);
      var groups = tf.split(three, images, 2L).output();
      var kernels = tf.split(three, weight, 2L).output();
      var apart =
          tf.concat(
              List.of(
                  tf.nn.conv2d(groups.get(0), kernels.get(0), strides, padding),
                  tf.nn.conv2d(groups.get(1), kernels.get(1), strides, padding)),
              three);
      List<Operand<TFloat32>> found = new ArrayList<>(squaresBy(tf, grouped, images, weight));
      found.addAll(squaresBy(tf, apart, images, weight));
      FloatArray x = ChannelFirst.randomArray(6, 2, 6, 5, 4);
      List<FloatArray> values = session.run(Feeds.of(images, x), found, List.of());
      assertClose(values.get(0), doubles(values.get(2)));
      assertClose(values.get(1), doubles(values.get(3)));
    }
  }

  private static List<Operand<TFloat32>> squaresBy(
      Ops tf, Operand<TFloat32> of, Operand<TFloat32> images, Operand<TFloat32> weight) {
    return Gradients.of(tf, tf.math.square(of), List.of(images, weight));
  }

  /** {@code 24 w^4 x} is the third derivative of {@code (w x)^4}, for a kernel of one number. */
  @ParameterizedTest
  @CsvSource({"VALID, 1, 1", "VALID, 2, 1", "SAME, 1, 0", "SAME, 2, 1"})
  void existToTheThirdOrder(String padding, int stride, int first) {
    float w = 2;
    float[] kernel = new float[9];
    kernel[4] = w;
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var images = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4, 4, 1)));
      var weight = tf.reshape(tf.constant(kernel), tf.constant(new int[] {3, 3, 1, 1}));
      var strides = List.of(1L, (long) stride, (long) stride, 1L);
      Operand<TFloat32> derivative =
          tf.math.square(tf.math.square(tf.nn.conv2d(images, weight, strides, padding)));
      for (int order = 1; order <= 3; order++) {
        derivative = Gradients.of(tf, derivative, images);
      }
      FloatArray x = ChannelFirst.randomArray(6, 1, 4, 4, 1);
      double[] expected = new double[x.size()];
      int last = padding.equals("VALID") ? 2 : 3;
      for (int i = first; i <= last; i += stride) {
        for (int j = first; j <= last; j += stride) {
          expected[4 * i + j] = 24 * Math.pow(w, 4) * x.values()[4 * i + j];
        }
      }
      assertClose(session.run(Feeds.of(images, x), derivative), expected);
    }
  }

  /** Of kernels of two pixels a side, one after another: each pixel is in one of them. */
  @Test
  void areRightForVolumes() {
    int channels = 75;
    int filters = 5;
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var volumes =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, 4, 4, 4, channels)));
      FloatArray kernel = ChannelFirst.randomArray(5, 2, 2, 2, channels, filters);
      FloatArray above = ChannelFirst.randomArray(6, 1, 2, 2, 2, filters);
      var weight = tf.reshape(tf.constant(kernel.values()), tf.constant(kernel.shape().toArray()));
      var v = tf.reshape(tf.constant(above.values()), tf.constant(above.shape().toArray()));
      var convolved = tf.nn.conv3d(volumes, weight, List.of(1L, 2L, 2L, 2L, 1L), "VALID");
      var gradient = Gradients.of(tf, tf.math.mul(convolved, v), volumes);
      FloatArray x = ChannelFirst.randomArray(7, 1, 4, 4, 4, channels);
      double[] expected = new double[x.size()];
      for (int i = 0; i < expected.length; i++) {
        int pixel = i / channels;
        int[] at = {pixel / 16, pixel / 4 % 4, pixel % 4};
        int place = (at[0] / 2 * 2 + at[1] / 2) * 2 + at[2] / 2;
        int tap = (at[0] % 2 * 2 + at[1] % 2) * 2 + at[2] % 2;
        for (int f = 0; f < filters; f++) {
          expected[i] +=
              (double) above.values()[place * filters + f]
                  * kernel.values()[(tap * channels + i % channels) * filters + f];
        }
      }
      assertClose(session.run(Feeds.of(volumes, x), gradient), expected);
    }
  }

  private static ImmutableIntArray image(int channels) {
    return ImmutableIntArray.of(6, 5, channels);
  }

  @Test
  void areProbed() {
    assertThat(ConvolutionProbe.wrongGradients()).isBetween(0, ConvolutionProbe.GRADIENTS);
  }
}
