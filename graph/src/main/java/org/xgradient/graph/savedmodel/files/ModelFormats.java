package org.xgradient.graph.savedmodel.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says of a file or directory that is no SavedModel what it is, and how a SavedModel is made of it.
 * It looks at the first bytes and at names, and never fails.
 */
public final class ModelFormats {

  private static final int HEAD_BYTES = 512;
  private static final String LFS = "version https://git-lfs.github.com/spec/";

  private ModelFormats() {}

  /**
   * Looks at a path that a user gave as a SavedModel.
   *
   * @return what it is and what to do; empty if it is a directory with a graph, or nothing known
   */
  public static Optional<String> refusal(Path path) {
    if (Files.isRegularFile(path)) {
      return ofFile(path);
    }
    if (Files.isDirectory(path)) {
      return ofDirectory(path);
    }
    return Files.exists(path)
        ? Optional.of("it is a pipe or a device, and a SavedModel is a directory")
        : Optional.empty();
  }

  /** {@return whether a file is a model of others in JSON} */
  public static boolean isForeignJson(Path file) {
    return JsonModels.of(file).isPresent();
  }

  private static Optional<String> ofFile(Path file) {
    byte[] head = head(file);
    if (isPointer(head)) {
      return Optional.of(pointer(file));
    }
    return Optional.of(
        FileFormats.of(file, head)
            .orElse(
                "it is a file, and a SavedModel is a directory with a file saved_model.pb; in"
                    + " Keras: model.export('DIR')"));
  }

  private static Optional<String> ofDirectory(Path directory) {
    Path graph = directory.resolve(SavedModelFiles.GRAPH_FILE);
    if (Files.isRegularFile(graph)) {
      return Stream.of(graph, directory.resolve(SavedModelFiles.VARIABLES + ".index"))
          .filter(file -> isPointer(head(file)))
          .findFirst()
          .map(ModelFormats::pointer);
    }
    if (Files.exists(directory.resolve("saved_model.pbtxt"))) {
      return Optional.of(
          "its graph is written as text (saved_model.pbtxt); load it in Python and save it anew");
    }
    return inside(directory)
        .map("the SavedModel is in a directory of it; give %s"::formatted)
        .or(() -> DirectoryFormats.of(directory));
  }

  /** Servers keep a directory for each version of a model. */
  private static Optional<Path> inside(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry.resolve(SavedModelFiles.GRAPH_FILE)))
          .min(Comparator.naturalOrder());
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static String pointer(Path file) {
    return "%s is a pointer of Git LFS and not the file itself; fetch it by git lfs pull"
        .formatted(file.getFileName());
  }

  private static boolean isPointer(byte[] head) {
    return startsWith(head, LFS);
  }

  private static boolean startsWith(byte[] head, String signature) {
    return new String(head, StandardCharsets.ISO_8859_1).startsWith(signature);
  }

  static byte[] head(Path file) {
    if (!Files.isRegularFile(file)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD_BYTES);
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
