package org.xgradient.graph;

import java.util.List;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;

/**
 * Whether this machine's TensorFlow gets input gradients of convolutions wrong, as TensorFlow 2.18
 * with oneDNN does on some: on some those from one channel to one with a stride, on others those
 * from an odd number of blocks of 16 channels, such as 48 or 100.
 *
 * <p>Gradients that this library takes are computed without oneDNN; those of other programs are
 * not.
 */
public final class ConvolutionProbe {

  private static final int SIZES = 5;
  private static final int SMALLEST = 5;
  private static final int KERNEL = 3;
  private static final int[] WIDE = {33, 48, 80, 100, 112};

  /** How many gradients are looked at. */
  public static final int GRADIENTS = 2 * SIZES * SIZES + WIDE.length;

  /** Gradients here are sums of at most 18 products of numbers below 5. */
  private static final double ROUNDING = 1e-3;

  private ConvolutionProbe() {}

  /**
   * Compares gradients with sums of products.
   *
   * @return how many of the {@link #GRADIENTS} are wrong; more than 0 says that the machine is
   *     affected, and 0 that it is probably not, as the fault is not the same twice
   */
  public static int wrongGradients() {
    int wrong = 0;
    for (int stride = 2; stride <= 3; stride++) {
      for (int i = 0; i < SIZES * SIZES; i++) {
        var image = new Image(SMALLEST + i / SIZES, SMALLEST + i % SIZES, 1, 1, stride);
        wrong += image.isWrong() ? 1 : 0;
      }
    }
    for (int channels : WIDE) {
      wrong += new Image(SMALLEST, SMALLEST, channels, 2, 1).isWrong() ? 1 : 0;
    }
    return wrong;
  }

  /** An image and a convolution of it. */
  private record Image(int height, int width, int channels, int filters, int stride) {

    boolean isWrong() {
      float[] kernel = numbers(KERNEL * KERNEL * channels * filters);
      float[] above = numbers(rows() * columns() * filters);
      float[] found = gradient(kernel, above);
      double[] expected = gradientByHand(kernel, above);
      for (int i = 0; i < expected.length; i++) {
        if (!(Math.abs(found[i] - expected[i]) <= ROUNDING)) {
          return true;
        }
      }
      return false;
    }

    private int rows() {
      return (height - KERNEL) / stride + 1;
    }

    private int columns() {
      return (width - KERNEL) / stride + 1;
    }

    private double[] gradientByHand(float[] kernel, float[] above) {
      double[] gradient = new double[height * width * channels];
      for (int place = 0; place < rows() * columns(); place++) {
        int corner = place / columns() * stride * width + place % columns() * stride;
        for (int k = 0; k < KERNEL * KERNEL; k++) {
          int pixel = corner + k / KERNEL * width + k % KERNEL;
          for (int c = 0; c < channels; c++) {
            for (int f = 0; f < filters; f++) {
              gradient[pixel * channels + c] +=
                  above[place * filters + f] * kernel[(k * channels + c) * filters + f];
            }
          }
        }
      }
      return gradient;
    }

    private float[] gradient(float[] kernel, float[] above) {
      try (GraphSession session = GraphSession.open()) {
        Ops tf = session.ops();
        // Fed: with constants the gradient would be computed in preparing the graph, without
        // oneDNN.
        var filter = tf.placeholder(TFloat32.class);
        var arriving = tf.placeholder(TFloat32.class);
        var gradient =
            tf.nn.conv2dBackpropInput(
                tf.constant(new int[] {1, height, width, channels}),
                filter,
                arriving,
                List.of(1L, (long) stride, (long) stride, 1L),
                "VALID");
        Feeds feeds =
            Feeds.of(filter, FloatArray.of(kernel, KERNEL, KERNEL, channels, filters))
                .with(arriving, FloatArray.of(above, 1, rows(), columns(), filters));
        return session.run(feeds, gradient).values();
      }
    }
  }

  /** Different numbers between -2 and 2. */
  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i * 37 + 11) % 41 / 10f - 2;
    }
    return numbers;
  }
}
