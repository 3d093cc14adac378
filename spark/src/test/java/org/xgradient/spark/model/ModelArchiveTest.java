package org.xgradient.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;

class ModelArchiveTest {

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("model/variables"));
    model = folder.resolve("model");
    Files.writeString(model.resolve("saved_model.pb"), "graph");
    Files.writeString(model.resolve("variables/variables.index"), "weights");
  }

  @Test
  void aLinkToAModelIsTheModel() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), model);
    ModelArchive archive = ModelArchive.pack(link);
    assertThat(archive.checksum()).isEqualTo(ModelArchive.pack(model).checksum());
    assertThat(archive.<String>withFiles(files -> read(files.resolve("variables/variables.index"))))
        .isEqualTo("weights");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void linksInAModelAreRefused() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "of somebody else");
    Path link = Files.createSymbolicLink(model.resolve("notes"), secret);
    assertThatThrownBy(() -> ModelArchive.pack(model))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found a link " + model.toRealPath().resolve("notes"))
        .hasMessageContaining("cp -rL");
    Files.delete(link);
    // Of which the files would have no end.
    Files.createSymbolicLink(model.resolve("variables/again"), model);
    assertThatThrownBy(() -> ModelArchive.pack(model))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("variables/again");
  }

  @Test
  void filesThatCannotBeDeletedHideNothing() {
    ModelArchive archive = ModelArchive.pack(model);
    // They are gone already, which fails as well.
    assertThat(archive.<Integer>withFiles(files -> delete(files))).isEqualTo(1);
    assertThatThrownBy(
            () ->
                archive.withFiles(
                    files -> {
                      delete(files);
                      throw new IllegalStateException("the first error");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the first error");
  }

  private static int delete(Path files) {
    try {
      MoreFiles.deleteRecursively(files, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 1;
  }
}
