package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.data.format.FormatException;

@Timeout(20)
class ImageStreamTest {

  private static final ImagePreprocessing SIZE_ONLY = ImagePreprocessing.sizeOnly(2);

  @TempDir private Path folder;
  private ImmutableList<Path> files;

  /** Image i is of red i / 255; what is no image stands first, last and between. */
  @BeforeEach
  void writeImages() {
    for (int i = 0; i < 5; i++) {
      write(i + ".png", i);
    }
    write("z/5.png", 5);
    TestImages.write(folder.resolve("0"), new byte[] {'h', 'i'});
    TestImages.write(folder.resolve("2.txt"), new byte[] {'h', 'i'});
    TestImages.write(folder.resolve("z/9.png"), new byte[0]);
    TestImages.write(folder.resolve(".hidden/1.png"), new byte[1]);
    TestImages.write(folder.resolve("z/.hidden"), new byte[1]);
    files = ImageStream.filesIn(folder);
  }

  private void write(String name, int red) {
    TestImages.write(
        folder.resolve(name), TestImages.encode(TestImages.plain(4, 3, red << 16), "png"));
  }

  @Test
  void findsTheFilesOfAFolderAndItsFolders() {
    assertThat(files.stream().map(file -> folder.relativize(file).toString()))
        .containsExactly(
            "0", "0.png", "1.png", "2.png", "2.txt", "3.png", "4.png", "z/5.png", "z/9.png");
    Path one = folder.resolve("0.png");
    assertThat(ImageStream.filesIn(one)).containsExactly(one);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageStream.filesIn(folder.resolve("none")))
        .withMessageContaining("none (there is no such file); check the path");
  }

  @Test
  void readsWholeImagesInOrderAndCountsTheOthers() {
    List<Path> read = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    try (ImageStream stream = new ImageStream(files, SIZE_ONLY, DamagedFiles.SKIP, 4)) {
      while (stream.hasNext()) {
        ImageStream.Chunk chunk = stream.next();
        sizes.add(chunk.files().size());
        assertThat(chunk.images().shape().asList()).containsExactly(chunk.files().size(), 2, 2, 3);
        for (int i = 0; i < chunk.files().size(); i++) {
          assertThat(chunk.images().values()[i * 12]).isEqualTo((read.size() + i) / 255f);
        }
        read.addAll(chunk.files());
      }
      assertThat(stream.skipped())
          .containsExactly(folder.resolve("0"), folder.resolve("2.txt"), folder.resolve("z/9.png"));
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(stream::next);
    }
    assertThat(sizes).containsExactly(4, 2);
    assertThat(read.stream().map(file -> file.getFileName().toString()))
        .containsExactly("0.png", "1.png", "2.png", "3.png", "4.png", "5.png");
  }

  @Test
  void failsAtTheFirstDamagedFileIfAsked() {
    try (ImageStream stream =
        new ImageStream(files.subList(1, 9), SIZE_ONLY, DamagedFiles.FAIL, 2)) {
      assertThat(stream.next().files()).hasSize(2);
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(stream::next)
          .withMessageContaining(
              "2.txt: file must be a JPEG, PNG, WebP, TIFF, BMP or GIF image, found none of them");
    }
  }

  @Test
  void hasNothingWhereThereIsNoImage() {
    try (ImageStream stream =
        new ImageStream(files.subList(0, 1), SIZE_ONLY, DamagedFiles.SKIP, 2)) {
      assertThat(stream.hasNext()).isFalse();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageStream(files, SIZE_ONLY, DamagedFiles.SKIP, 0))
        .withMessage("a chunk must have at least 1 image, found 0");
  }
}
