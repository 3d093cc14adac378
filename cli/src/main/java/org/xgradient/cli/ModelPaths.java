package org.xgradient.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.xgradient.graph.LoadedModel;
import org.xgradient.graph.SavedModels;
import org.xgradient.training.table.TableModel;

/** Where the SavedModel is in what a user gives as a model. */
final class ModelPaths {

  private ModelPaths() {}

  /** {@return the SavedModel of a model directory, or of the directory itself} */
  static LoadedModel load(Path directory) {
    return SavedModels.load(
        isTableModel(directory) ? directory.resolve(TableModel.SAVED_MODEL) : directory);
  }

  /** {@return whether a directory is a model directory of this library} */
  static boolean isTableModel(Path directory) {
    return Files.isRegularFile(directory.resolve(TableModel.MANIFEST));
  }
}
