package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.Batch;
import org.xgradient.data.DataException;
import org.xgradient.data.Task;
import org.xgradient.data.format.FormatException;

class ImageFolderTest {

  private static final ImagePreprocessing SIZE_ONLY = ImagePreprocessing.sizeOnly(2);

  @TempDir private Path folder;

  @BeforeEach
  void writeImages() {
    write("dog/1.png", 0xff0000);
    write("dog/0.png", 0x00ff00);
    write("cat/9.png", 0x0000ff);
    TestImages.write(folder.resolve("cat/notes.txt"), new byte[] {'h', 'i'});
    TestImages.write(folder.resolve("cat/.hidden"), new byte[3]);
    TestImages.write(folder.resolve("readme.md"), new byte[3]);
  }

  private void write(String name, int rgb) {
    TestImages.write(folder.resolve(name), TestImages.encode(TestImages.plain(4, 3, rgb), "png"));
  }

  @Test
  void takesLabelsFromFolders() {
    ImageFolder images = ImageFolder.in(folder, SIZE_ONLY, DamagedFiles.SKIP);
    assertThat(images.classes()).containsExactly("cat", "dog");
    assertThat(images.images().files())
        .containsExactly(
            folder.resolve("cat/9.png"), folder.resolve("dog/0.png"), folder.resolve("dog/1.png"));
    assertThat(images.images().skipped()).containsExactly(folder.resolve("cat/notes.txt"));
    assertThat(images.labels().asList()).containsExactly(0, 1, 1);
    assertThat(images.size()).isEqualTo(3);
    assertThat(images.task()).isEqualTo(Task.MULTICLASS);
    assertThat(images.outputs()).isEqualTo(2);
    assertThat(images.inputShape().asList()).containsExactly(2, 2, 3);
  }

  @Test
  void readsBatchesInTheOrderGiven() {
    ImageFolder images = ImageFolder.in(folder, SIZE_ONLY, DamagedFiles.SKIP);
    Batch batch = images.batch(2, 0);
    assertThat(batch.labels().values()).containsExactly(1, 0);
    assertThat(batch.inputs().shape().asList()).containsExactly(2, 2, 2, 3);
    assertThat(batch.inputs().values()).startsWith(1, 0, 0, 1, 0, 0).endsWith(0, 0, 1, 0, 0, 1);
  }

  @Test
  void takesTheClassesOfANetwork() {
    ImageFolder images =
        ImageFolder.in(folder, ImmutableList.of("dog", "fox", "cat"), SIZE_ONLY, DamagedFiles.SKIP);
    assertThat(images.labels().asList()).containsExactly(2, 0, 0);
    assertThat(images.outputs()).isEqualTo(3);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> ImageFolder.in(folder, ImmutableList.of("dog"), SIZE_ONLY, DamagedFiles.SKIP))
        .withMessage(
            "the folder %s must be named like one of the 1 classes, found \"cat\"",
            folder.resolve("cat"));
  }

  @Test
  void failsAtDamagedFilesIfAsked() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> ImageFolder.in(folder, SIZE_ONLY, DamagedFiles.FAIL))
        .withMessageContaining(
            "notes.txt: file must be a JPEG, PNG, WebP, TIFF, BMP or GIF image, found none of them");
  }

  @Test
  void readsAFlatFolder() {
    ImageFiles files = ImageFiles.in(folder.resolve("dog"), SIZE_ONLY, DamagedFiles.FAIL);
    assertThat(files.size()).isEqualTo(2);
    assertThat(files.read(0).values()).startsWith(0, 1, 0);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFiles.in(folder, SIZE_ONLY, DamagedFiles.SKIP))
        .withMessage(
            "the folder %s must hold images (JPEG, PNG, WebP, TIFF, BMP or GIF), found none in 1 files",
            folder);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.in(folder.resolve("dog"), SIZE_ONLY, DamagedFiles.SKIP))
        .withMessageContaining("must hold images as class/file, found none");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFiles.in(folder.resolve("owl"), SIZE_ONLY, DamagedFiles.SKIP))
        .withMessageContaining("owl (there is no such file); check the path");
  }

  @Test
  void decodesEachFileOnceIfAllFitInMemory() throws IOException {
    ImageFolder images = ImageFolder.in(folder, SIZE_ONLY, DamagedFiles.SKIP);
    Batch before = images.batch(0, 1, 2);
    assertThat(images.readsFiles()).isFalse();
    for (Path file : images.images().files()) {
      Files.delete(file);
    }
    assertThat(images.batch(0, 1, 2)).isEqualTo(before);
  }

  @Test
  void decodesAgainWhatDoesNotFitInMemory() {
    List<Path> candidates = List.of(folder.resolve("dog/0.png"), folder.resolve("dog/1.png"));
    int bytes = 2 * 2 * 2 * 3 * Float.BYTES;
    ImageFiles small = ImageFiles.of(candidates, SIZE_ONLY, DamagedFiles.FAIL, bytes);
    ImageFiles large = ImageFiles.of(candidates, SIZE_ONLY, DamagedFiles.FAIL, bytes - 1);
    assertThat(small.readsFiles()).isFalse();
    assertThat(large.readsFiles()).isTrue();
    assertThat(large.read(1, 0)).isEqualTo(small.read(1, 0));
    write("dog/0.png", 0x0000ff);
    assertThat(small.read(0).values()).startsWith(0, 1, 0);
    assertThat(large.read(0).values()).startsWith(0, 0, 1);
  }
}
