package org.xgradient.spark;

import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.xgradient.spark.model.ModelArchive;
import scala.Option;

/** Reads what {@link StageWriter} wrote. */
final class StageReader extends MLReader<AttributionTransformer> {

  @Override
  public AttributionTransformer load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(
            path, sparkSession(), AttributionTransformer.class.getName());
    ModelArchive archive =
        ShippedFiles.read(new Path(path, StageWriter.MODEL).toString(), sparkSession());
    var stage =
        new AttributionTransformer(
            metadata.uid(), new SentArchive(archive), ModelDescription.of(archive));
    metadata.getAndSetParams(stage, Option.empty());
    return stage;
  }
}
