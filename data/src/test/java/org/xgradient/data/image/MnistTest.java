package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.Batch;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.Bytes;
import org.xgradient.data.format.FormatException;

class MnistTest {

  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void writeImages() {
    images = folder.resolve("images");
    labels = folder.resolve("labels");
    Bytes.bytes().bigEndian().u8(0, 0, 8, 3).i32(2, 1, 2).u8(0, 51, 102, 255).writeTo(images);
  }

  private void writeLabels(int... values) {
    Bytes.bytes().bigEndian().u8(0, 0, 8, 1).i32(values.length).u8(values).writeTo(labels);
  }

  @Test
  void readsImagesAndLabels() {
    writeLabels(7, 0);
    ImageSet set = Mnist.read(images, labels);
    assertThat(set.images()).isEqualTo(FloatArray.of(new float[] {0, .2f, .4f, 1}, 2, 1, 2, 1));
    assertThat(set.outputs()).isEqualTo(10);
    Batch batch = set.batch(1, 0);
    assertThat(batch.inputs().values()).containsExactly(.4f, 1, 0, .2f);
    assertThat(batch.labels().values()).containsExactly(0, 7);
  }

  @Test
  void refusesFilesThatDoNotBelongTogether() {
    writeLabels(7);
    assertRefused("labels: shape must be [2] as the images, found [1]");
    writeLabels(7, 10);
    assertRefused("labels: label must be from 0 to 9, found 10.0");
    Bytes.bytes().bigEndian().u8(0, 0, 8, 1).i32(1).u8(0).writeTo(images);
    assertRefused("images: shape must be [size, height, width], found [1]");
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Mnist.read(images, labels))
        .withMessageContaining(message);
  }

  @Test
  void checksSetsInMemory() {
    FloatArray two = FloatArray.zeros(2, 4, 4, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(two, FloatArray.of(new float[] {0, 2}, 2), 2))
        .withMessage("labels must be class indices below 2, found 2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(two, FloatArray.zeros(3), 2))
        .withMessage("labels must be of shape [2], found [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(FloatArray.zeros(2, 4), FloatArray.zeros(2), 2))
        .withMessageContaining("images must be of shape [size, height, width, channels]");
  }
}
