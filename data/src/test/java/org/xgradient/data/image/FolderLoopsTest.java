package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;

/** Folders of images with links to folders that they are in. */
@Timeout(20)
class FolderLoopsTest {

  private static final ImagePreprocessing SIZE_ONLY = ImagePreprocessing.sizeOnly(2);

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void writeImages() throws IOException {
    folder = temporary.resolve("images");
    write("images/cat/0.png");
    write("images/dog/1.png");
    write("elsewhere/2.png");
    Files.createSymbolicLink(folder.resolve("again"), folder);
    Files.createSymbolicLink(folder.resolve("cat/up"), temporary);
    Files.createSymbolicLink(folder.resolve("dog/.hidden"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("fox"), temporary.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("lost"), temporary.resolve("none"));
    Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));
  }

  private void write(String name) {
    TestImages.write(
        temporary.resolve(name), TestImages.encode(TestImages.plain(2, 2, 0xff0000), "png"));
  }

  /** Seen from images, what is above it holds images, too, but not by a loop. */
  @Test
  void areLeftOutOfAStream() {
    assertThat(ImageStream.filesIn(folder).stream().map(file -> folder.relativize(file).toString()))
        .containsExactly("cat/0.png", "cat/up/elsewhere/2.png", "dog/1.png", "fox/2.png");
  }

  @Test
  void areNoClasses() {
    assertThat(ImageFolder.classesIn(folder)).containsExactly("cat", "dog", "fox");
    ImageFolder images = ImageFolder.in(folder, SIZE_ONLY, DamagedFiles.FAIL);
    assertThat(images.classes()).containsExactly("cat", "dog", "fox");
    assertThat(images.images().files())
        .containsExactly(
            folder.resolve("cat/0.png"), folder.resolve("dog/1.png"), folder.resolve("fox/2.png"));
    assertThat(ImageFolder.in(folder, images.classes(), SIZE_ONLY, DamagedFiles.FAIL).size())
        .isEqualTo(3);
  }

  @Test
  void holdNoImages() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Files.createSymbolicLink(empty.resolve("loop"), empty);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageStream.filesIn(empty))
        .withMessageEndingWith("found no file in it");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.classesIn(empty))
        .withMessageContaining("must hold images as class/file, found none");
  }
}
