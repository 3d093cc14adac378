package org.xgradient.metrics.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.metrics.ImageNet;
import org.xgradient.metrics.masking.GaussianBlur.Kernel;

class GaussianBlurTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 3, 3", "3, 0.8, 2, 5", "5, 2, 9, 7", "9, 41, 5, 8", "51, 41, 26, 30"})
  void isTheDirectConvolution(int size, double sigma, int height, int width) {
    FloatArray images = ImageNet.normal(new DataRandom(size), 2, height, width, 3);
    var plain = new PlainMasking(height, width, 3);
    for (Kernel kernel : Kernel.values()) {
      float[] blurred = blur(new GaussianBlur(size, sigma, kernel), images);
      double twiceVariance = (kernel == Kernel.PAPER ? 4 : 2) * sigma * sigma;
      for (int image = 0; image < 2; image++) {
        double[] expected = plain.blur(PlainMasking.row(images, image), size, twiceVariance);
        for (int i = 0; i < expected.length; i++) {
          // Two weighted means of values of about 1 in single precision.
          assertThat((double) blurred[image * expected.length + i])
              .isCloseTo(expected[i], within(2e-6));
        }
      }
    }
  }

  @Test
  void aConstantImageStays() {
    FloatArray image = FloatArray.zeros(1, 60, 55, 1);
    Arrays.fill(image.values(), 3);
    for (float value : blur(GaussianBlur.withDefaults(), image)) {
      assertThat(value).isCloseTo(3, within(1e-5f));
    }
  }

  @Test
  void thePapersKernelIsWiderByTheSquareRootOfTwo() {
    var paper = new GaussianBlur(51, 41, Kernel.PAPER);
    assertThat(GaussianBlur.withDefaults()).isEqualTo(paper);
    double[] weights = paper.weights().toArray();
    assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
    assertThat(weights[0] / weights[25]).isCloseTo(Math.exp(-625.0 / (4 * 1681)), within(1e-12));
    double[] textbook =
        new GaussianBlur(51, 41 * Math.sqrt(2), Kernel.TEXTBOOK).weights().toArray();
    for (int u = 0; u < 51; u++) {
      assertThat(weights[u]).isCloseTo(textbook[u], within(1e-12));
    }
  }

  @Test
  void saysWhichKernelWouldFit() {
    assertThatThrownBy(() -> blur(GaussianBlur.withDefaults(), FloatArray.zeros(1, 16, 30, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "a kernel of 51 pixels reflects 25 and needs images of at least 26 x 26, found 16 x 30;"
                + " a kernel of 31 with sigma 24.9");
    GaussianBlur fitting = GaussianBlur.withDefaults().fitting(16, 30);
    assertThat(fitting.size()).isEqualTo(31);
    assertThat(fitting.sigma()).isCloseTo(41 * 31 / 51.0, within(1e-12));
    assertThat(blur(fitting, FloatArray.zeros(1, 16, 30, 3))).containsOnly(0);
    assertThat(GaussianBlur.withDefaults().fitting(26, 26)).isEqualTo(GaussianBlur.withDefaults());
  }

  @Test
  void tablesAndBadKernelsAreRefused() {
    assertThatThrownBy(() -> blur(GaussianBlur.withDefaults(), FloatArray.zeros(2, 18)))
        .hasMessage(
            "a blur needs images of shape [batch, height, width, channels], found [2, 18]; use"
                + " Fill.mean or Fill.constant");
    assertThatThrownBy(() -> new GaussianBlur(4, 1, Kernel.PAPER))
        .hasMessage("the kernel size must be odd and at least 1, found 4");
    assertThatThrownBy(() -> new GaussianBlur(5, 0, Kernel.PAPER))
        .hasMessage("sigma must be positive, found 0.0");
  }

  private static float[] blur(GaussianBlur blur, FloatArray images) {
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var operand = tf.reshape(tf.constant(images.values()), tf.constant(images.shape().toArray()));
      return session.run(Feeds.none(), blur.of(tf, operand)).values();
    }
  }
}
