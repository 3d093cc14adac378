package org.xgradient.graph.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;
import org.xgradient.graph.runtime.StridedConvolution;

/**
 * Input gradients of convolutions from one channel to one filter, which TensorFlow gets wrong where
 * the stride is not 1, against sums of products.
 */
class StridedConvolutionGradientTest {

  /** Sums of at most 64 products of normal numbers, in float32. */
  private static final double ROUNDING = 1e-4;

  private static final int ROWS = 3;

  @ParameterizedTest
  @CsvSource({"2, 1", "2, 2", "2, 3", "3, 1", "3, 2", "3, 3", "4, 2", "4, 3", "1, 2"})
  void equalSumsOfProducts(int size, int stride) {
    for (int height = 4; height <= 9; height++) {
      for (int width = 4; width <= 9; width++) {
        check(ImmutableIntArray.of(height, width, 1), new Window(size, size, stride, 0));
      }
    }
  }

  private static void check(ImmutableIntArray image, Window window) {
    Network network =
        new Network(
            "conv",
            image,
            Sequential.of(Conv2d.of(1, window), new Flatten(), Dense.of(1)).withoutBiases());
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, 7);
      var tf = session.ops();
      var inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(image)));
      var pass = model.forward(inputs);
      assertThat(Homogeneity.of(pass)).isInstanceOf(Proven.class);
      Operand<TFloat32> gradient = Gradients.of(tf, pass.logits(), inputs);
      FloatArray x = ChannelFirst.randomArray(3, ROWS, image.get(0), image.get(1), 1);
      float[] found = session.run(Feeds.of(inputs, x), gradient).values();
      assertThat(model.parameters().get(0).shape().toArray())
          .containsExactly(window.height(), window.width(), 1, 1);
      double[] expected = gradient(session, model, image, window);
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i])
            .as("%s on %s, entry %d", window, image, i)
            .isCloseTo(expected[i % expected.length], within(ROUNDING));
      }
    }
  }

  /** d / dx of sum_p v_p sum_k w_k x_(p s + k). */
  private static double[] gradient(
      GraphSession session, NetworkModel model, ImmutableIntArray image, Window window) {
    float[] w = session.run(Feeds.none(), model.parameters().get(0).value()).values();
    float[] v = session.run(Feeds.none(), model.parameters().get(1).value()).values();
    int columns = window.places(image).get(1);
    double[] gradient = new double[image.get(0) * image.get(1)];
    for (int p = 0; p < v.length; p++) {
      for (int k = 0; k < w.length; k++) {
        int row = p / columns * window.stride() + k / window.width();
        int column = p % columns * window.stride() + k % window.width();
        gradient[row * image.get(1) + column] += (double) v[p] * w[k];
      }
    }
    return gradient;
  }

  @Test
  void arePartOfGraphsThatOthersBuildAndRefusedThere() {
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var images = tf.constant(new float[1][7][8][1]);
      var kernel = tf.constant(new float[3][3][1][1]);
      var convolved = tf.nn.conv2d(images, kernel, List.of(1L, 2L, 2L, 1L), "VALID");
      assertThatThrownBy(() -> Gradients.of(tf, convolved, images))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("wrong with one channel, one filter and a stride");
    }
  }

  @Test
  void areProbed() {
    assertThat(StridedConvolution.wrongGradients()).isBetween(0, 50);
  }
}
