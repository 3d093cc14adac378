package org.xgradient.training.table;

import java.nio.file.Path;
import org.xgradient.data.Provenance;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.model.ModelKind;

/**
 * What a model directory of a table says of itself, without its network.
 *
 * @param preprocessing what makes the features
 * @param labels what the outputs mean
 * @param provenance where the model came from
 */
public record TableModelInfo(
    TablePreprocessing preprocessing, LabelEncoding labels, Provenance provenance) {

  static final String PREPROCESSING = "preprocessing.json";
  static final String LABELS = "labels.json";

  /**
   * Reads a model directory.
   *
   * @param directory the directory
   * @return what it says
   * @throws org.xgradient.data.DataException if it is not a model directory, or damaged, or of
   *     another format version
   */
  public static TableModelInfo read(Path directory) {
    return read(ModelDirectory.open(directory, ModelKind.TABLE));
  }

  static TableModelInfo read(ModelDirectory files) {
    return new TableModelInfo(
        TablePreprocessing.fromJson(files.read(PREPROCESSING)),
        LabelEncoding.fromJson(files.read(LABELS)),
        files.provenance());
  }
}
