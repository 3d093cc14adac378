package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xgradient.data.Batch;
import org.xgradient.data.FloatArray;

class AugmentationTest {

  /**
   * Image n, row i, column j holds 100 n + 10 i + j + 1 in the first channel, its negative in the
   * second.
   */
  private static FloatArray images(int size, int height, int width) {
    float[] values = new float[size * height * width * 2];
    for (int pixel = 0; pixel < size * height * width; pixel++) {
      int image = pixel / (height * width);
      int row = pixel / width % height;
      values[2 * pixel] = 100 * image + 10 * row + pixel % width + 1;
      values[2 * pixel + 1] = -values[2 * pixel];
    }
    return FloatArray.of(values, size, height, width, 2);
  }

  @Test
  void flipsAboutHalfOfTheImages() {
    FloatArray images = images(200, 1, 3);
    FloatArray flipped = Augmentation.horizontalFlip().apply(images, 5);
    int mirrored = 0;
    for (int image = 0; image < 200; image++) {
      float[] row = flipped.rows(image, image + 1).values();
      float first = 100 * image + 1;
      boolean isMirrored = row[0] != first;
      float left = isMirrored ? first + 2 : first;
      float right = isMirrored ? first : first + 2;
      assertThat(row).containsExactly(left, -left, first + 1, -first - 1, right, -right);
      mirrored += isMirrored ? 1 : 0;
    }
    // Four standard deviations of 200 throws of a coin are 28.
    assertThat(mirrored).isBetween(72, 128);
    assertThat(Augmentation.horizontalFlip().apply(images, 5)).isEqualTo(flipped);
    assertThat(Augmentation.horizontalFlip().apply(images, 6)).isNotEqualTo(flipped);
  }

  @Test
  void cropsWindowsFromAllPlaces() {
    FloatArray crops = Augmentation.randomCrop(2, 2, 0).apply(images(100, 3, 4), 1);
    assertThat(crops.shape().asList()).containsExactly(100, 2, 2, 2);
    Set<Integer> corners = new HashSet<>();
    for (int image = 0; image < 100; image++) {
      float[] crop = crops.rows(image, image + 1).values();
      float corner = crop[0];
      corners.add((int) corner - 100 * image - 1);
      assertThat(crop)
          .containsExactly(
              corner,
              -corner,
              corner + 1,
              -corner - 1,
              corner + 10,
              -corner - 10,
              corner + 11,
              -corner - 11);
    }
    assertThat(corners).containsExactlyInAnyOrder(0, 1, 2, 10, 11, 12);
  }

  @Test
  void addsABlackBorder() {
    FloatArray images = images(60, 1, 1);
    FloatArray crops = Augmentation.randomCrop(1, 1, 1).apply(images, 2);
    int black = 0;
    for (int image = 0; image < 60; image++) {
      float value = crops.values()[2 * image];
      assertThat(value).isIn(0f, 100f * image + 1);
      black += value == 0 ? 1 : 0;
    }
    // Eight of nine places lie in the border: 53 of 60, give or take four deviations of 2.4.
    assertThat(black).isBetween(43, 60);
  }

  @Test
  void refusesWindowsThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.randomCrop(5, 5, 0).apply(images(1, 4, 6), 0))
        .withMessage("images must hold a window of 5 x 5 with a border of 0, found [1, 4, 6, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.horizontalFlip().apply(FloatArray.zeros(2, 3), 0))
        .withMessageContaining("images must be of shape [size, height, width, channels]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.randomCrop(0, 5, 0))
        .withMessageContaining("the window must be at least 1 x 1");
  }

  @Test
  void followsOneByAnother() {
    Augmentation shift = (images, seed) -> FloatArray.of(new float[] {images.values()[0] + 1}, 1);
    Augmentation twice = (images, seed) -> FloatArray.of(new float[] {images.values()[0] * 2}, 1);
    FloatArray three = FloatArray.of(new float[] {3}, 1);
    assertThat(shift.then(twice).apply(three, 0).values()).containsExactly(8);
    Augmentation seeds = (images, seed) -> FloatArray.of(new float[] {seed}, 1);
    assertThat(seeds.then(shift).apply(three, 0)).isNotEqualTo(seeds.then(shift).apply(three, 1));
  }

  @Test
  void mixesExamplesWithPartners() {
    float[] inputs = {0, 0, 10, 10, 20, 20};
    Batch batch = new Batch(FloatArray.of(inputs, 3, 2), FloatArray.of(new float[] {0, 1, 2}, 3));
    Mixup.Mixed mixed = new Mixup(0.7).apply(batch, 3);
    assertThat(mixed.labels()).isEqualTo(batch.labels());
    assertThat(mixed.otherLabels().values()).containsExactlyInAnyOrder(0, 1, 2);
    for (int i = 0; i < 6; i++) {
      double expected =
          mixed.weight() * inputs[i]
              + (1 - mixed.weight()) * 10 * mixed.otherLabels().values()[i / 2];
      assertThat(mixed.inputs().values()[i]).isCloseTo((float) expected, within(1e-5f));
    }
    assertThat(batch.inputs().values()).containsExactly(inputs);
    assertThat(new Mixup(0.7).apply(batch, 3)).isEqualTo(mixed);
  }

  /** Beta(a, a) has mean 1/2 and variance 1 / (4 (2 a + 1)). */
  @Test
  void drawsWeightsFromTheBetaDistribution() {
    Batch batch = new Batch(FloatArray.zeros(1, 1), FloatArray.zeros(1));
    int draws = 2000;
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < draws; seed++) {
      double centred = new Mixup(0.5).apply(batch, seed).weight() - 0.5;
      sum += centred;
      squares += centred * centred;
    }
    // Four standard errors: of the mean sqrt(.125 / 2000), of the variance sqrt(.0078 / 2000).
    assertThat(sum / draws).isCloseTo(0, within(0.032));
    assertThat(squares / draws).isCloseTo(0.125, within(0.008));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mixup(0))
        .withMessage("alpha must be above 0 and finite, found 0.0");
  }
}
