package org.xgradient.cli.model;

import java.nio.file.Path;
import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.training.model.ModelDirectory;

/** Where the SavedModel is in what a user gives as a model. */
final class ModelPaths {

  private ModelPaths() {}

  /**
   * {@return the SavedModel of a model directory, or of the directory itself}
   *
   * @param options what is taken of a SavedModel of others
   */
  static LoadedModel load(Path directory, SavedModelOptions options) {
    if (ModelDirectory.exists(directory)) {
      options.requireNone();
      return SavedModels.load(directory.resolve(ModelDirectory.SAVED_MODEL));
    }
    return options.load(directory);
  }
}
