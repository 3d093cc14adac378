package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableMap;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipFile;

/** Says of a file in which people keep models what it is, and how a SavedModel is made of it. */
final class FileFormats {

  private static final String KERAS = "; in Python: keras.models.load_model('%s').export('DIR')";

  private static final String WEIGHTS =
      "; in Python build the network, then model.load_weights('%s') and model.export('DIR')";

  private static final String TREES =
      ", whose output has no slope between its jumps, and no gradient to explain by; use Tree SHAP"
          + " for it, or train a network on the same table (train)";

  private static final String ARCHIVE =
      "it is an archive; unpack it, and give the directory with saved_model.pb";

  private static final String PYTORCH =
      "it is a file of PyTorch; for weights of a network known by name see import, for others"
          + " torch.onnx.export, then onnx2tf";

  private static final String CHECKPOINT =
      "it is a part of a checkpoint, which has weights without a graph"
          + WEIGHTS.replace("%s", "PREFIX");

  private static final String PICKLE =
      "it is a Python object, such as a model of scikit-learn, which has no TensorFlow graph; train"
          + " a network on the same table (train), or build it in Keras and export that";

  /** By the end of the name, for what does not begin with bytes of its own. */
  private static final ImmutableMap<String, String> BY_ENDING =
      ImmutableMap.<String, String>builder()
          .put(".onnx", "it is an ONNX model; convert it, for instance by onnx2tf -i %s -o DIR")
          .put(
              ".pb",
              "it is a frozen graph, or another protocol buffer, without signatures; in Python"
                  + " import it by tf.compat.v1.import_graph_def, and export it by"
                  + " tf.compat.v1.saved_model.simple_save(session, 'DIR', inputs, outputs)")
          .put(
              ".safetensors",
              "it has weights without a network; for one known by name see import, for others build"
                  + " it in Python and export it")
          .put(".pth", PYTORCH)
          .put(".pt", PYTORCH)
          .put(
              ".mlmodel",
              "it is a Core ML model, which TensorFlow can't read; export the model that it was"
                  + " converted from as a SavedModel")
          .put(".ubj", trees("XGBoost"))
          .put(".xgb", trees("XGBoost"))
          .put(".cbm", trees("CatBoost"))
          .put(".pkl", PICKLE)
          .put(".pickle", PICKLE)
          .put(".joblib", PICKLE)
          .put(".tar", ARCHIVE)
          .put(".tgz", ARCHIVE)
          .put(".gz", ARCHIVE)
          .put(".index", CHECKPOINT)
          .put(".meta", CHECKPOINT)
          .buildOrThrow();

  /** What a file of Keras is searched for, a part at a time. */
  private static final int PART_BYTES = 1 << 20;

  private FileFormats() {}

  /**
   * Looks at a file.
   *
   * @param head its first bytes
   * @return what it is and what to do; empty if that is not known
   */
  static Optional<String> of(Path file, byte[] head) {
    return said(file, head).map(said -> said.replace("%s", String.valueOf(file.getFileName())));
  }

  private static Optional<String> said(Path file, byte[] head) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (startsWith(head, "\u0089HDF")) {
      return Optional.of(ofHdf(file));
    }
    if (head.length >= 8 && new String(head, 4, 4, StandardCharsets.ISO_8859_1).equals("TFL3")) {
      return Optional.of(
          "it is a TensorFlow Lite model, which has no gradients; export the model that it was"
              + " converted from as a SavedModel");
    }
    if (startsWith(head, "PK")) {
      return Optional.of(ofZip(file));
    }
    if (name.equals(SavedModelFiles.GRAPH_FILE)) {
      return Optional.of(
          "it is the graph of a SavedModel; give the directory that it is in, %s"
              .formatted(
                  Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."))));
    }
    if (name.endsWith(".json")) {
      return JsonModels.of(file);
    }
    return Optional.ofNullable(BY_ENDING.get(name.substring(Math.max(0, name.lastIndexOf('.')))));
  }

  /** {@return that a model is made of trees, and what to do} */
  static String trees(String of) {
    return "it is a model of " + of + TREES;
  }

  private static String ofHdf(Path file) {
    return contains(file, "model_config")
        ? "it is a Keras model in HDF5" + KERAS
        : "it has weights in HDF5 without a network" + WEIGHTS;
  }

  private static boolean contains(Path file, String word) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      String before = "";
      for (byte[] part = in.readNBytes(PART_BYTES);
          part.length > 0;
          part = in.readNBytes(PART_BYTES)) {
        String text = before + new String(part, StandardCharsets.ISO_8859_1);
        if (text.contains(word)) {
          return true;
        }
        before = text.substring(Math.max(0, text.length() - word.length()));
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static String ofZip(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.getEntry("config.json") != null && zip.getEntry("metadata.json") != null) {
        return "it is a Keras model" + KERAS;
      }
      if (zip.stream().anyMatch(entry -> entry.getName().endsWith("/constants.pkl"))) {
        return "it is a TorchScript model of PyTorch; load it by torch.jit.load('%s'), then"
            + " torch.onnx.export, then onnx2tf";
      }
      if (zip.stream().anyMatch(entry -> entry.getName().endsWith("/data.pkl"))) {
        return PYTORCH;
      }
      if (zip.stream().anyMatch(entry -> entry.getName().endsWith(SavedModelFiles.GRAPH_FILE))) {
        return "it is an archive with a SavedModel; unpack it";
      }
      return "it is a ZIP archive; unpack it, and give the directory with saved_model.pb";
    } catch (IOException e) {
      return "it is a ZIP archive that is damaged";
    }
  }

  private static boolean startsWith(byte[] head, String signature) {
    return new String(head, StandardCharsets.ISO_8859_1).startsWith(signature);
  }
}
