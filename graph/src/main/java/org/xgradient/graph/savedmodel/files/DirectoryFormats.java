package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says of a directory in which people keep models what it is, and how a SavedModel is made. */
final class DirectoryFormats {

  /** What lies beside models, and says nothing of them. */
  private static final Pattern NO_MODELS = Pattern.compile("\\.(pb|tar|tgz|gz|zip)$");

  private DirectoryFormats() {}

  /**
   * Looks at a directory that has no graph of a SavedModel.
   *
   * @return what it is and what to do; empty if that is not known
   */
  static Optional<String> of(Path directory) {
    List<Path> files = files(directory);
    String name = String.valueOf(directory.getFileName());
    if (name.endsWith(".mlpackage")) {
      return Optional.of(
          "it is a Core ML model, which TensorFlow can't read; export the model that it was"
              + " converted from as a SavedModel");
    }
    if (has(files, "config.json")
        && (has(files, ".safetensors") || has(files, ".bin") || has(files, "tf_model.h5"))) {
      return Optional.of(
          "it is a model of Hugging Face Transformers; in Python TFAutoModel.from_pretrained('%s')"
                  .formatted(name)
              + ".save_pretrained('DIR', saved_model=True), then give DIR/saved_model/1");
    }
    if (has(files, "checkpoint") || has(files, ".index")) {
      return Optional.of(
          has(files, ".meta")
              ? "it has checkpoints of TensorFlow 1; in Python restore one by"
                  + " tf.compat.v1.train.import_meta_graph, and export it by"
                  + " tf.compat.v1.saved_model.simple_save(session, 'DIR', inputs, outputs)"
              : "it has checkpoints, which are weights without a graph; in Python build the network,"
                  + " then model.load_weights and model.export('DIR')");
    }
    return files.stream()
        .filter(file -> !NO_MODELS.matcher(file.getFileName().toString()).find())
        .flatMap(
            file ->
                FileFormats.of(file, ModelFormats.head(file))
                    .map(said -> "of its file %s: %s".formatted(file.getFileName(), said))
                    .stream())
        .findFirst();
  }

  private static boolean has(List<Path> files, String ending) {
    return files.stream().anyMatch(file -> file.getFileName().toString().endsWith(ending));
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isRegularFile).sorted().collect(ImmutableList.toImmutableList());
    } catch (IOException | UncheckedIOException e) {
      return ImmutableList.of();
    }
  }
}
