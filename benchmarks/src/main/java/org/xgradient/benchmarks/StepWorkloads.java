package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.graph.GraphSession;
import org.xgradient.training.AttributionPrior;
import org.xgradient.training.LearningRateSchedule;
import org.xgradient.training.Loss;
import org.xgradient.training.Objective;
import org.xgradient.training.PriorTarget;
import org.xgradient.training.Priors;
import org.xgradient.training.Sgd;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;

/**
 * The training steps of W3: one step of stochastic gradient descent of the X-Fixup ResNet-50 on two
 * images, with the mean absolute attribution as the prior. What is fetched is the task loss.
 *
 * <p>The learning rate is so small that the weights hardly change: random weights without any
 * normalization would diverge, and the time of a step does not depend on it.
 */
final class StepWorkloads {

  private static final double LEARNING_RATE = 1e-12;
  private static final long MEMORY_BUDGET = 512L << 20;
  private static final ImmutableMap<String, Object> PARAMS =
      ImmutableMap.<String, Object>builder()
          .putAll(ImageWorkloads.RESNET_PARAMS)
          .put("prior", "l1")
          .put("memory_budget_mb", MEMORY_BUDGET >> 20)
          .buildOrThrow();

  private StepWorkloads() {}

  static ImmutableList<Benchmark> all() {
    return ImmutableList.of(
        benchmark("W3.step.plain", Optional.empty()),
        benchmark("W3.step.xg", Optional.of(new XGradient())),
        benchmark("W3.step.eg1", Optional.of(expectedGradients(1))),
        benchmark("W3.step.eg32", Optional.of(expectedGradients(32))));
  }

  private static AttributionMethod expectedGradients(int draws) {
    return new ExpectedGradients(ReferenceDistribution.batch(), draws);
  }

  private static Benchmark benchmark(String name, Optional<AttributionMethod> method) {
    return Benchmark.of(name, PARAMS, session -> prepare(session, method));
  }

  private static Workload prepare(GraphSession session, Optional<AttributionMethod> method) {
    var priors =
        method.stream()
            .map(by -> new AttributionPrior(by, PriorTarget.label(), Priors.l1(), 1))
            .collect(ImmutableList.toImmutableList());
    var trainer =
        Trainer.of(
            session,
            ImageWorkloads.RESNET.build(session),
            new Objective(Loss.softmaxCrossEntropy(), priors),
            Sgd.withDefaults());
    var options =
        TrainingOptions.withDefaults()
            .withSchedule(LearningRateSchedule.constant(LEARNING_RATE))
            .withMemoryBudget(MEMORY_BUDGET);
    return new TrainingSteps(trainer, images(), options);
  }

  private static InMemoryDataset images() {
    FloatArray inputs =
        RandomRows.normal(
            2, ImageWorkloads.RESNET_ROWS, ImageWorkloads.RESNET.network().inputShape());
    FloatArray labels = FloatArray.of(new float[] {0, 1}, ImageWorkloads.RESNET_ROWS);
    return new InMemoryDataset(inputs, labels, Task.MULTICLASS, ImageWorkloads.CLASSES);
  }
}
