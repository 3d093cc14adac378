package org.xgradient.graph.runtime;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Whether this machine's TensorFlow gets the input gradient of strided convolutions from one
 * channel to one wrong, as TensorFlow 2.18 with oneDNN does on some.
 *
 * <p>Models of this library and those that it loads are built around it; graphs that others build
 * are not.
 */
public final class StridedConvolution {

  private static final int SIZES = 5;
  private static final int SMALLEST = 5;
  private static final int KERNEL = 3;

  /** Gradients here are sums of at most 9 products of numbers below 5. */
  private static final double ROUNDING = 1e-3;

  private StridedConvolution() {}

  /**
   * Compares gradients with sums of products, for images of 5x5 to 9x9 and strides of 2 and 3.
   *
   * @return how many of the 50 gradients are wrong; more than 0 says that the machine is affected,
   *     and 0 that it is probably not, as the fault is not the same twice
   */
  public static int wrongGradients() {
    NativeTensorFlow.require();
    int wrong = 0;
    for (int stride = 2; stride <= 3; stride++) {
      for (int i = 0; i < SIZES * SIZES; i++) {
        wrong += isWrong(SMALLEST + i / SIZES, SMALLEST + i % SIZES, stride) ? 1 : 0;
      }
    }
    return wrong;
  }

  private static boolean isWrong(int height, int width, int stride) {
    int rows = (height - KERNEL) / stride + 1;
    int columns = (width - KERNEL) / stride + 1;
    float[] kernel = numbers(KERNEL * KERNEL);
    float[] above = numbers(rows * columns);
    float[] found = gradient(height, width, stride, kernel, above);
    double[] expected = new double[height * width];
    for (int place = 0; place < above.length; place++) {
      int corner = place / columns * stride * width + place % columns * stride;
      for (int k = 0; k < kernel.length; k++) {
        expected[corner + k / KERNEL * width + k % KERNEL] += above[place] * kernel[k];
      }
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= ROUNDING)) {
        return true;
      }
    }
    return false;
  }

  private static float[] gradient(
      int height, int width, int stride, float[] kernel, float[] above) {
    int rows = (height - KERNEL) / stride + 1;
    int columns = above.length / rows;
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        var filter = tensor(kernel, KERNEL, KERNEL, 1, 1);
        var arriving = tensor(above, 1, rows, columns, 1)) {
      Ops tf = GraphScope.ops(graph);
      // Fed: with constants the gradient would be computed in preparing the graph, without oneDNN.
      var fedFilter = tf.placeholder(TFloat32.class);
      var fedArriving = tf.placeholder(TFloat32.class);
      var gradient =
          graph
              .opBuilder("Conv2DBackpropInput", "gradient", tf.scope())
              .addInput(tf.constant(new int[] {1, height, width, 1}).asOutput())
              .addInput(fedFilter.asOutput())
              .addInput(fedArriving.asOutput())
              .setAttr("strides", new long[] {1, stride, stride, 1})
              .setAttr("padding", "VALID")
              .build();
      try (var result =
          session
              .runner()
              .feed(fedFilter, filter)
              .feed(fedArriving, arriving)
              .fetch(gradient.output(0))
              .run()) {
        float[] values = new float[height * width];
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(values));
        return values;
      }
    }
  }

  private static TFloat32 tensor(float[] values, long... shape) {
    return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values));
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
