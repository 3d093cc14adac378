package org.xgradient.spark;

import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.spark.model.ModelArchive;
import org.xgradient.spark.model.ModelForm;
import org.xgradient.spark.model.ModelLabels;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.table.TableModelInfo;
import org.xgradient.training.text.TextModel;

/**
 * What a model says of itself, without its network.
 *
 * @param form what it is of
 * @param table a model directory of a table; empty for others
 * @param labels what the outputs mean; empty for a plain SavedModel
 */
record ModelDescription(
    ModelForm form, Optional<TableModelInfo> table, Optional<LabelEncoding> labels) {

  /**
   * Looks into an archive.
   *
   * @throws org.xgradient.data.DataException if a model directory is damaged
   */
  static ModelDescription of(ModelArchive archive) {
    return archive.withFiles(ModelDescription::of);
  }

  private static ModelDescription of(Path files) {
    if (!ModelDirectory.exists(files)) {
      return new ModelDescription(ModelForm.SAVED_MODEL, Optional.empty(), Optional.empty());
    }
    return switch (ModelDirectory.kind(files)) {
      case TABLE -> {
        TableModelInfo info = TableModelInfo.read(files);
        yield new ModelDescription(ModelForm.TABLE, Optional.of(info), Optional.of(info.labels()));
      }
      case TEXT -> withoutTable(ModelForm.TEXT, ModelLabels.of(TextModel.info(files)));
      case IMAGE -> withoutTable(ModelForm.IMAGE, ModelLabels.of(ImageModel.info(files)));
    };
  }

  private static ModelDescription withoutTable(ModelForm form, LabelEncoding labels) {
    return new ModelDescription(form, Optional.empty(), Optional.of(labels));
  }
}
