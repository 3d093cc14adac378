package org.xgradient.graph.savedmodel.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells the models of others that are written in JSON by the names that they begin with. */
final class JsonModels {

  private static final Pattern TENSORFLOW_JS =
      Pattern.compile(
          "\"(modelTopology|weightsManifest)\"|\"format\"\\s*:\\s*\"(layers|graph)-model\"");

  private static final Pattern GRAPH = Pattern.compile("\"format\"\\s*:\\s*\"graph-model\"");

  private static final Pattern XGBOOST = Pattern.compile("^\\s*\\{\\s*\"learner\"");

  private JsonModels() {}

  /**
   * Looks at a file.
   *
   * @return what it is and what to do; empty if that is not known
   */
  static Optional<String> of(Path file) {
    String text = new String(ModelFormats.head(file), StandardCharsets.UTF_8);
    if (XGBOOST.matcher(text).find()) {
      return Optional.of(FileFormats.trees("XGBoost"));
    }
    if (!TENSORFLOW_JS.matcher(text).find()) {
      return Optional.empty();
    }
    return Optional.of(
        GRAPH.matcher(text).find()
            ? "it is a TensorFlow.js graph, which has no way back; export the model that it was"
                + " converted from as a SavedModel"
            : "it is a TensorFlow.js model; convert it by tensorflowjs_converter"
                + " --input_format=tfjs_layers_model --output_format=keras_saved_model %s DIR");
  }
}
