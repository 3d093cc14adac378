package org.xgradient.spark;

import com.google.common.collect.ImmutableList;
import org.xgradient.spark.model.MethodSpec;
import org.xgradient.spark.model.ModelSpec;

/** What is loaded, as a stage says. */
final class ModelSpecs {

  private ModelSpecs() {}

  /** The model, to explain outputs by a method. */
  static ModelSpec toExplain(
      AttributionTransformer stage,
      MethodSpec method,
      ImmutableList<Integer> outputs,
      boolean labelled) {
    return new ModelSpec(
        stage.archive().checksum(),
        stage.description().form(),
        stage.getOrDefault(stage.signature()),
        stage.getOrDefault(stage.modelOutput()),
        method,
        outputs,
        labelled,
        (Integer) stage.getOrDefault(stage.batchSize()),
        (long) (Integer) stage.getOrDefault(stage.memoryMegabytes()) << 20);
  }

  /** The model, to read rows, whatever the stage explains. */
  static ModelSpec toRead(AttributionTransformer stage) {
    return toExplain(stage, MethodSpec.ofEveryModel(), ImmutableList.of(), false);
  }
}
