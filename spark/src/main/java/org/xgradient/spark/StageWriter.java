package org.xgradient.spark;

import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import org.xgradient.spark.model.ModelArchive;

/** Writes a stage: its parameters, and the files of the model beside them. */
final class StageWriter extends MLWriter {

  static final String MODEL = "model.zip";

  private final AttributionTransformer stage;
  private final ModelArchive archive;

  StageWriter(AttributionTransformer stage, ModelArchive archive) {
    this.stage = stage;
    this.archive = archive;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(stage, path, sparkSession());
    ShippedFiles.write(archive, new Path(path, MODEL).toString(), sparkSession());
  }
}
