package org.xgradient.graph.savedmodel.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Says of a file or directory that is no SavedModel what it is, and how a SavedModel is made of it.
 * It looks at the first bytes and at names, and never fails.
 */
public final class ModelFormats {

  private static final int HEAD_BYTES = 64;
  private static final String LFS = "version https://git-lfs.github.com/spec/";

  private static final String IN_PYTHON = "; in Python: ";

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
    return Files.isDirectory(path) ? ofDirectory(path) : Optional.empty();
  }

  private static Optional<String> ofFile(Path file) {
    byte[] head = head(file);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (isPointer(head)) {
      return Optional.of(pointer(file));
    }
    if (startsWith(head, "\u0089HDF")) {
      return Optional.of(
          "it is a Keras model in HDF5"
              + IN_PYTHON
              + "keras.models.load_model('%s').export('DIR')".formatted(file.getFileName()));
    }
    if (head.length >= 8 && new String(head, 4, 4, StandardCharsets.ISO_8859_1).equals("TFL3")) {
      return Optional.of(
          "it is a TensorFlow Lite model, which has no gradients; export the model that it was"
              + " converted from as a SavedModel");
    }
    if (startsWith(head, "PK")) {
      return Optional.of(ofZip(file));
    }
    if (name.endsWith(".onnx")) {
      return Optional.of(
          "it is an ONNX model; convert it, for instance by onnx2tf -i %s -o DIR"
              .formatted(file.getFileName()));
    }
    if (name.equals(SavedModelFiles.GRAPH_FILE)) {
      return Optional.of(
          "it is the graph of a SavedModel; give the directory that it is in, %s"
              .formatted(
                  Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."))));
    }
    if (name.endsWith(".pb")) {
      return Optional.of(
          "it is a frozen graph, or another protocol buffer, without signatures; export it by"
              + " tf.compat.v1.saved_model.simple_save(session, 'DIR', inputs, outputs)");
    }
    if (name.endsWith(".safetensors")) {
      return Optional.of("it has weights without a network; for one known by name see import");
    }
    return Optional.of(
        "it is a file, and a SavedModel is a directory with a file saved_model.pb; in Keras:"
            + " model.export('DIR')");
  }

  private static String ofZip(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.getEntry("config.json") != null && zip.getEntry("metadata.json") != null) {
        return "it is a Keras model"
            + IN_PYTHON
            + "keras.models.load_model('%s').export('DIR')".formatted(file.getFileName());
      }
      if (zip.stream().anyMatch(entry -> entry.getName().endsWith("/data.pkl"))) {
        return "it is a file of PyTorch; for weights of a network known by name see import, for"
            + " others torch.onnx.export, then onnx2tf";
      }
      if (zip.stream().anyMatch(entry -> entry.getName().endsWith(SavedModelFiles.GRAPH_FILE))) {
        return "it is an archive with a SavedModel; unpack it";
      }
      return "it is a ZIP archive; unpack it, and give the directory with saved_model.pb";
    } catch (IOException e) {
      return "it is a ZIP archive that is damaged";
    }
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
    if (Files.exists(directory.resolve("model.json"))) {
      return Optional.of(
          "it is a TensorFlow.js model; convert it by tensorflowjs_converter"
              + " --input_format=tfjs_layers_model --output_format=keras_saved_model");
    }
    return inside(directory).map("the SavedModel is in a directory of it; give %s"::formatted);
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

  private static byte[] head(Path file) {
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
