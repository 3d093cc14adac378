package org.xgradient.spark;

import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.spark.model.ModelArchive;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.table.TableModelInfo;

/**
 * What a model says of itself, without its network.
 *
 * @param table a model directory of a table; empty for a plain SavedModel
 */
record ModelDescription(Optional<TableModelInfo> table) {

  /**
   * Looks into an archive.
   *
   * @throws org.xgradient.data.DataException if a model directory is damaged, or of images
   */
  static ModelDescription of(ModelArchive archive) {
    return archive.withFiles(ModelDescription::of);
  }

  private static ModelDescription of(Path files) {
    return new ModelDescription(
        ModelDirectory.exists(files) ? Optional.of(TableModelInfo.read(files)) : Optional.empty());
  }
}
