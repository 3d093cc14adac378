package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableDoubleArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;

class ImagePreprocessingTest {

  /** Sums of three products in double, rounded to float twice. */
  private static final float ROUNDING = 2e-6f;

  private static FloatArray image(int height, int width) {
    float[] values = new float[height * width * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 101) / 100f;
    }
    return FloatArray.of(values, height, width, 3);
  }

  @Test
  void keepsAnImageOfTheRightSize() {
    FloatArray image = image(5, 5);
    assertThat(ImagePreprocessing.sizeOnly(5).apply(image).values())
        .containsExactly(image.values(), within(ROUNDING));
  }

  @Test
  void keepsAPlainColourAtAnySize() {
    float[] values = new float[37 * 53 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 / 2f;
    }
    FloatArray small = ImagePreprocessing.sizeOnly(11).apply(FloatArray.of(values, 37, 53, 3));
    assertThat(small.shape().asList()).containsExactly(11, 11, 3);
    for (int i = 0; i < small.size(); i++) {
      assertThat(small.values()[i]).isCloseTo(i % 3 / 2f, within(ROUNDING));
    }
  }

  /**
   * From 4 pixels to 2, a new pixel's triangle reaches 2 old pixels to each side of its centre at 1
   * or 3, with weights in the ratio 1.5 : 1.5 : 0.5 (the fourth is cut off by the border).
   */
  @Test
  void resizesWithAntialiasing() {
    float[] values = new float[4 * 4 * 3];
    for (int column = 0; column < 4; column++) {
      for (int row = 0; row < 4; row++) {
        values[(row * 4 + column) * 3] = column;
      }
    }
    FloatArray small = ImagePreprocessing.sizeOnly(2).apply(FloatArray.of(values, 4, 4, 3));
    float left = (1.5f * 0 + 1.5f * 1 + 0.5f * 2) / 3.5f;
    assertThat(small.values())
        .containsExactly(
            new float[] {left, 0, 0, 3 - left, 0, 0, left, 0, 0, 3 - left, 0, 0}, within(ROUNDING));
  }

  /** From 2 pixels to 4, the new centres are at 0.25, 0.75, 1.25 and 1.75. */
  @Test
  void enlargesByInterpolation() {
    float[] values = new float[2 * 2 * 3];
    values[3] = 1;
    values[9] = 1;
    FloatArray large = ImagePreprocessing.sizeOnly(4).apply(FloatArray.of(values, 2, 2, 3));
    for (int row = 0; row < 4; row++) {
      float[] expected = {0, 0.25f, 0.75f, 1};
      for (int column = 0; column < 4; column++) {
        assertThat(large.values()[(row * 4 + column) * 3])
            .isCloseTo(expected[column], within(ROUNDING));
      }
    }
  }

  @Test
  void cutsOutTheCentreOfALongImage() {
    FloatArray wide = image(3, 9);
    FloatArray centre = ImagePreprocessing.sizeOnly(3).apply(wide);
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 9; i++) {
        assertThat(centre.values()[row * 9 + i])
            .isCloseTo(wide.values()[row * 27 + 9 + i], within(ROUNDING));
      }
    }
  }

  @Test
  void needsNoMemoryForTheEndsOfAnExtremeImage() {
    FloatArray line = image(1, 100_000);
    assertThat(ImagePreprocessing.imageNet().apply(line).shape().asList())
        .containsExactly(224, 224, 3);
  }

  @Test
  void normalisesAsPublished() {
    FloatArray white = FloatArray.of(new float[] {1, 0.5f, 0}, 1, 1, 3);
    FloatArray imageNet = ImagePreprocessing.imageNet().apply(white);
    assertThat(imageNet.shape()).isEqualTo(ImagePreprocessing.imageNet().outputShape());
    assertThat(new float[] {imageNet.values()[0], imageNet.values()[1], imageNet.values()[2]})
        .containsExactly(
            new float[] {(1 - .485f) / .229f, (.5f - .456f) / .224f, -.406f / .225f},
            within(ROUNDING));
    FloatArray squeezeNet = ImagePreprocessing.squeezeNet().apply(white);
    assertThat(squeezeNet.shape().asList()).containsExactly(227, 227, 3);
    assertThat(new float[] {squeezeNet.values()[0], squeezeNet.values()[1], squeezeNet.values()[2]})
        .containsExactly(new float[] {-104, 127.5f - 117, 255 - 123}, within(255 * ROUNDING));
  }

  @Test
  void restoresWhatItNormalised() {
    FloatArray image = image(227, 227);
    ImagePreprocessing preprocessing =
        new ImagePreprocessing(
            Resize.SQUARE,
            227,
            227,
            ChannelOrder.BGR,
            255,
            ImmutableDoubleArray.of(104, 117, 123),
            ImmutableDoubleArray.of(2, 3, 4));
    assertThat(preprocessing.restore(preprocessing.apply(image)).values())
        .containsExactly(image.values(), within(ROUNDING));
  }

  @Test
  void survivesJson() {
    for (ImagePreprocessing preprocessing :
        new ImagePreprocessing[] {
          ImagePreprocessing.imageNet(),
          ImagePreprocessing.squeezeNet(),
          ImagePreprocessing.sizeOnly(32)
        }) {
      assertThat(ImagePreprocessing.fromJson(preprocessing.toJson())).isEqualTo(preprocessing);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "\"side\" : 256 ~ \"side\" : 2.5 ~ \"side\" must be an integer, found 2.5",
        "\"side\" : 256 ~ \"other\" : 256 ~ \"side\" must be an integer, found nothing",
        "\"crop\" : 224 ~ \"crop\" : 300 ~ crop must be from 1 to the side 256, found 300",
        "\"scale\" : 1.0 ~ \"scale\" : \"x\" ~ \"scale\" must be a number, found \"x\"",
        "SHORT_SIDE ~ LONG_SIDE ~ LONG_SIDE",
        "0.485 ~ 1,2 ~ mean must be three finite numbers",
        "0.229 ~ 0 ~ deviation must be three finite numbers above 0",
        "{ ~ {{ ~ is damaged: Unexpected character",
      })
  void refusesDamagedJson(String part, String replacement, String message) {
    String json = ImagePreprocessing.imageNet().toJson().replace(part, replacement);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImagePreprocessing.fromJson(json))
        .withMessageContaining("the image preprocessing is damaged: ")
        .withMessageContaining(message);
  }

  @Test
  void refusesWhatIsNoImage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImagePreprocessing.imageNet().apply(FloatArray.zeros(4, 4, 1)))
        .withMessage(
            "an image must be of shape [height, width, 3] with at least one pixel, found [4, 4,"
                + " 1]");
  }
}
