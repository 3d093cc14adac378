package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Task;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.Validation;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.objective.WeightedPrior;
import org.xgradient.training.optimizer.Adam;

/**
 * W4: the perceptron of W1 trained for 100 epochs of one step by the protocol of the paper's
 * sparsity experiment. What is fetched is the task loss of each epoch.
 */
final class TrainingWorkloads {

  private static final int EPOCHS = 100;
  private static final int TRAIN_SEED = 3;
  private static final int VALIDATION_SEED = 4;
  private static final ImmutableMap<String, Object> PARAMS =
      ImmutableMap.<String, Object>builder()
          .putAll(MlpWorkloads.PARAMS)
          .put("epochs", EPOCHS)
          .put("prior", "gini")
          .buildOrThrow();

  private TrainingWorkloads() {}

  static ImmutableList<Benchmark> all() {
    return ImmutableList.of(
        benchmark("W4.unreg", Optional.empty()),
        benchmark("W4.xg", Optional.of(new XGradient())),
        benchmark("W4.eg1", Optional.of(expectedGradients(1))),
        benchmark("W4.eg32", Optional.of(expectedGradients(32))));
  }

  private static AttributionMethod expectedGradients(int draws) {
    return new ExpectedGradients(ReferenceDistribution.batch(), draws);
  }

  private static Benchmark benchmark(String name, Optional<AttributionMethod> method) {
    return Benchmark.of(name, PARAMS, session -> prepare(session, method));
  }

  private static Workload prepare(GraphSession session, Optional<AttributionMethod> method) {
    NetworkModel model = MlpWorkloads.WEIGHTS.build(session);
    var initial =
        model.parameters().stream()
            .collect(
                ImmutableMap.toImmutableMap(
                    parameter -> parameter.name(), parameter -> parameter.read(session)));
    var priors =
        method.stream()
            .<WeightedPrior>map(by -> AttributionPrior.of(by, Priors.gini(), 1))
            .collect(ImmutableList.toImmutableList());
    var trainer =
        Trainer.of(model, new Objective(Loss.binaryCrossEntropy(), priors), Adam.withDefaults());
    var train = rows(TRAIN_SEED);
    var validation = rows(VALIDATION_SEED);
    var options =
        TrainingOptions.withDefaults()
            .withEpochs(EPOCHS)
            .withValidation(
                Validation.byMetric(Task.BINARY).withTime(Validation.Time.BEFORE_UPDATES));
    return () -> {
      model.assign(initial);
      return losses(trainer.fit(train, validation, options));
    };
  }

  private static FloatArray losses(TrainingResult result) {
    FloatArray losses = FloatArray.zeros(result.history().size());
    for (int i = 0; i < losses.size(); i++) {
      losses.values()[i] = (float) result.history().get(i).loss();
    }
    return losses;
  }

  private static InMemoryDataset rows(long seed) {
    return RandomRows.labelled(
        seed, MlpWorkloads.ROWS, MlpWorkloads.WEIGHTS.network().inputShape());
  }
}
