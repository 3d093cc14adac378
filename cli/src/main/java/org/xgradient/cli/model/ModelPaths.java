package org.xgradient.cli.model;

import java.nio.file.Path;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.training.model.ModelDirectory;

/** Where the SavedModel is in what a user gives as a model. */
final class ModelPaths {

  private ModelPaths() {}

  /** {@return the SavedModel of a model directory, or of the directory itself} */
  static LoadedModel load(Path directory) {
    return SavedModels.load(
        ModelDirectory.exists(directory)
            ? directory.resolve(ModelDirectory.SAVED_MODEL)
            : directory);
  }
}
