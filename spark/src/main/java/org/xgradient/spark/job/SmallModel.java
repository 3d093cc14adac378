package org.xgradient.spark.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.Provenance;
import org.xgradient.data.Subset;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.TablePreparation;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.table.TableModel;

/** The model of the programs: 20 columns, 36 features, layers of 64, 32 and 1, no biases. */
final class SmallModel {

  private static final int SEED = 42;

  private SmallModel() {}

  /**
   * Trains on some rows, and writes a model directory.
   *
   * @param epochs how long; 0 for first weights
   * @return the metric of the best epoch on validation rows, or 0
   * @throws IOException if it can't be written
   */
  static double write(Path directory, List<Row> rows, int epochs) throws IOException {
    PreparedTable prepared =
        TablePreparation.withDefaults()
            .prepare(GeneratedCustomers.table(rows), GeneratedCustomers.LABEL);
    var data = prepared.dataset();
    double metric = 0;
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(data, 64, 32).withoutBiases().build(session, SEED);
      if (epochs > 0) {
        TrainingResult result =
            Trainer.of(model, Objective.of(data))
                .fit(
                    new Subset(data, prepared.split().train()),
                    new Subset(data, prepared.split().validation()),
                    TrainingOptions.withDefaults().withEpochs(epochs).withSeed(SEED));
        metric = result.bestMetric().orElse(0);
      }
      TableModel.write(
          directory,
          model,
          new XGradient(),
          prepared.preprocessing(),
          prepared.labels(),
          Provenance.ofThisProcess().with("seed", SEED));
    }
    return metric;
  }
}
