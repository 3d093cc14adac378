package org.xgradient.attribution.heatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.FloatArray;

class HeatMapTest {

  private static final int WHITE = 0xFFFFFF;
  private static final int VERMILION = 0xD55E00;
  private static final int BLUE = 0x0072B2;
  private static final int PURPLE = 0x6A3D9A;

  /** Two rows of two pixels with two channels: sums 2, -1, 0 (from +3 and -3) and 0.5. */
  private static final FloatArray ATTRIBUTIONS =
      FloatArray.of(new float[] {1.5f, 0.5f, -2, 1, 3, -3, 0.5f, 0}, 2, 2, 2);

  @Test
  void sumsChannels() {
    assertThat(HeatMap.of(ATTRIBUTIONS).sums())
        .isEqualTo(FloatArray.of(new float[] {2, -1, 0, 0.5f}, 2, 2));
  }

  @Test
  void drawsSignsInTwoColours() {
    Picture picture = HeatMap.of(ATTRIBUTIONS).withPercentile(100).picture();
    assertThat(picture.color(0, 0)).isEqualTo(VERMILION);
    // Half of blue, half of white: (0 + 255) / 2, (114 + 255) / 2, (178 + 255) / 2, rounded.
    assertThat(picture.color(0, 1)).isEqualTo(0x80B9D9);
    assertThat(picture.color(1, 0)).isEqualTo(WHITE);
    // A quarter of vermilion: 255 - 42 / 4, 255 - 161 / 4, 255 - 255 / 4, rounded.
    assertThat(picture.color(1, 1)).isEqualTo(0xF5D7BF);
  }

  @Test
  void drawsAbsoluteSumsInOneColour() {
    HeatMap map = HeatMap.of(ATTRIBUTIONS).withPercentile(100).withSign(Sign.ABSOLUTE);
    assertThat(map.intensities().values()).containsExactly(1, 0.5f, 0, 0.25f);
    assertThat(map.picture().color(0, 0)).isEqualTo(PURPLE);
    // The absolute value is taken of the sum, and not of the channels, which cancel here.
    assertThat(map.picture().color(1, 0)).isEqualTo(WHITE);
  }

  @Test
  void clipsBeyondThePercentile() {
    float[] sums = new float[100];
    for (int i = 0; i < 99; i++) {
      sums[i] = i % 2 == 0 ? 1 : -1;
    }
    sums[99] = -1000;
    HeatMap map = HeatMap.of(FloatArray.of(sums, 10, 10, 1)).withPercentile(90);
    assertThat(map.limit()).isEqualTo(1);
    assertThat(map.picture().color(0, 0)).isEqualTo(VERMILION);
    assertThat(map.picture().color(0, 1)).isEqualTo(BLUE);
    assertThat(map.picture().color(9, 9)).isEqualTo(BLUE);
    assertThat(map.withPercentile(100).limit()).isEqualTo(1000);
    // 0.001 of vermilion changes no channel by half a step.
    assertThat(map.withPercentile(100).picture().color(0, 0)).isEqualTo(WHITE);
  }

  @Test
  void drawsTheFewPixelsThatHaveAttributions() {
    float[] sums = new float[400];
    sums[7] = -3;
    HeatMap map = HeatMap.of(FloatArray.of(sums, 20, 20, 1));
    assertThat(map.limit()).isEqualTo(3);
    assertThat(map.picture().color(0, 7)).isEqualTo(BLUE);
    assertThat(map.picture().color(0, 8)).isEqualTo(WHITE);
  }

  @ParameterizedTest
  @EnumSource(Sign.class)
  void zerosAreDrawnAsZeros(Sign sign) {
    HeatMap map = HeatMap.of(FloatArray.zeros(3, 4, 3)).withSign(sign);
    assertThat(map.limit()).isZero();
    assertThat(map.intensities().values()).containsOnly(0);
    Picture overlay = map.over(FloatArray.zeros(3, 4, 3));
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        assertThat(map.picture().color(row, column)).isEqualTo(WHITE);
        // Black, faded to 0.4 of white.
        assertThat(overlay.color(row, column)).isEqualTo(0x666666);
      }
    }
  }

  @Test
  void drawsTheSmallestAttributions() {
    float[] sums = {Float.MIN_VALUE, -Float.MIN_VALUE};
    assertThat(HeatMap.of(FloatArray.of(sums, 1, 2, 1)).intensities().values())
        .containsExactly(1, -1);
  }

  @Test
  void drawsOverTheFadedGrayImage() {
    float[] image = {1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    HeatMap map = HeatMap.of(ATTRIBUTIONS).withPercentile(100);
    Picture overlay = map.over(FloatArray.of(image, 2, 2, 3));
    assertThat(overlay.color(0, 0)).isEqualTo(VERMILION);
    // Half of blue over black that is faded to 102: 51, 57 + 51, 89 + 51.
    assertThat(overlay.color(0, 1)).isEqualTo(0x336C8C);
    // Pure red: 255 (0.4 + 0.6 x 0.2126) = 134.5.
    assertThat(overlay.color(1, 0)).isEqualTo(0x878787);
    // A quarter of vermilion over pure blue, 255 (0.4 + 0.6 x 0.0722) = 113.05.
    assertThat(overlay.color(1, 1)).isEqualTo(0x8A6C55);
  }

  @Test
  void separatesImages() {
    float[] both = Arrays.copyOf(ATTRIBUTIONS.values(), 16);
    both[8] = -4;
    var maps = HeatMap.ofEach(FloatArray.of(both, 2, 2, 2, 2));
    assertThat(maps.get(0)).isEqualTo(HeatMap.of(ATTRIBUTIONS));
    assertThat(maps.get(1).sums().values()).containsExactly(-4, 0, 0, 0);
    assertThat(maps).hasSize(2);
  }

  @Test
  void writesPng() throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(pngOf(ATTRIBUTIONS)));
    assertThat(read.getWidth()).isEqualTo(2);
    assertThat(read.getHeight()).isEqualTo(2);
    assertThat(read.getColorModel().hasAlpha()).isFalse();
    assertThat(read.getRGB(0, 0) & WHITE).isEqualTo(VERMILION);
    assertThat(read.getRGB(1, 0) & WHITE).isEqualTo(0x80B9D9);
    assertThat(read.getRGB(0, 1) & WHITE).isEqualTo(WHITE);
  }

  private static byte[] pngOf(FloatArray attributions) {
    return HeatMap.of(attributions).withPercentile(100).picture().png();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(float value) {
    float[] values = new float[12];
    values[7] = value;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeatMap.of(FloatArray.of(values, 2, 3, 2)))
        .withMessageStartingWith("attributions must be finite, found " + value)
        .withMessageContaining("in row 1, column 0");
  }

  @Test
  void refusesSumsBeyondTheRangeOfFloat() {
    float[] values = {Float.MAX_VALUE, Float.MAX_VALUE};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeatMap.of(FloatArray.of(values, 1, 1, 2)))
        .withMessageContaining("found Infinity in row 0, column 0");
  }

  @Test
  void refusesOtherShapes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeatMap.of(FloatArray.zeros(4, 4)))
        .withMessageContaining("[height, width, channels]")
        .withMessageContaining("found [4, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeatMap.of(FloatArray.zeros(0, 4, 3)))
        .withMessageContaining("at least one pixel, found [0, 4, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeatMap.ofEach(FloatArray.zeros(4, 4, 3)))
        .withMessageContaining("[images, height, width, channels], found [4, 4, 3]");
    HeatMap map = HeatMap.of(ATTRIBUTIONS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.over(FloatArray.zeros(2, 3, 3)))
        .withMessageContaining("[2, 2, 3] like the heat map, found [2, 3, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.over(FloatArray.of(new float[] {2, 0, 0}, 1, 1, 3)))
        .withMessageContaining("must be in [0, 1], found 2.0; restore");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.over(FloatArray.zeros(2, 2)))
        .withMessageContaining("[height, width, 3]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 100.5, Double.NaN})
  void refusesOtherPercentiles(double percentile) {
    HeatMap map = HeatMap.of(ATTRIBUTIONS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.withPercentile(percentile))
        .withMessageContaining("above 0 and at most 100, found " + percentile);
  }

  @Test
  void picturesShowTheImage() {
    Picture picture = Picture.of(FloatArray.of(new float[] {1, 0.2f, 0, 0, 0.4f, 1}, 1, 2, 3));
    assertThat(picture.color(0, 0)).isEqualTo(0xFF3300);
    assertThat(picture.color(0, 1)).isEqualTo(0x0066FF);
    assertThat(picture.height()).isEqualTo(1);
    assertThat(picture.width()).isEqualTo(2);
  }
}
