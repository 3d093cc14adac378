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
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.objective.WeightedPrior;
import org.xgradient.training.optimizer.LearningRateSchedule;
import org.xgradient.training.optimizer.Sgd;

/**
 * Training steps: one step of stochastic gradient descent with momentum on a batch of images, with
 * the mean absolute attribution as the prior. What is fetched is the task loss.
 *
 * <p>The learning rate is so small that the weights hardly change: random weights without any
 * normalization would diverge, and the time of a step does not depend on it.
 *
 * @param work the network and the images
 * @param budgetMegabytes the memory budget of a step
 */
record StepWorkloads(AttributionWorkloads work, long budgetMegabytes) {

  private static final double LEARNING_RATE = 1e-12;

  private static final double MOMENTUM = 0.9;

  /** The forward pass, and the gradients with respect to activations and weights. */
  private static final int PASSES_PLAIN = 3;

  /** The input gradient is part of the loss; each of its products has two gradients again. */
  private static final int PASSES_X_GRADIENT = 6;

  ImmutableList<Benchmark> all(String group) {
    String step = group + ".step.";
    return ImmutableList.of(
        benchmark(step + "plain", Optional.empty()).withGigaFlop(PASSES_PLAIN * forward()),
        benchmark(step + "xg", Optional.of(new XGradient()))
            .withGigaFlop(PASSES_X_GRADIENT * forward()),
        benchmark(step + "eg1", Optional.of(expectedGradients(1))),
        benchmark(step + "eg32", Optional.of(expectedGradients(32))));
  }

  private double forward() {
    return work.rows() * work.gigaFlop();
  }

  private static AttributionMethod expectedGradients(int draws) {
    return new ExpectedGradients(ReferenceDistribution.batch(), draws);
  }

  private Benchmark benchmark(String name, Optional<AttributionMethod> method) {
    var params =
        ImmutableMap.<String, Object>builder()
            .putAll(work.params())
            .put("prior", method.isPresent() ? "l1" : "none")
            .put("momentum", MOMENTUM)
            .put("memory_budget_mb", budgetMegabytes)
            .buildOrThrow();
    return Benchmark.of(name, params, session -> prepare(session, method));
  }

  private Workload prepare(GraphSession session, Optional<AttributionMethod> method) {
    var priors =
        method.stream()
            .<WeightedPrior>map(by -> AttributionPrior.of(by, Priors.l1(), 1))
            .collect(ImmutableList.toImmutableList());
    var trainer =
        Trainer.of(
            work.weights().build(session),
            new Objective(Loss.softmaxCrossEntropy(), priors),
            Sgd.withDefaults().withMomentum(MOMENTUM));
    var options =
        TrainingOptions.withDefaults()
            .withSchedule(LearningRateSchedule.constant(LEARNING_RATE))
            .withMemoryBudget(budgetMegabytes << 20);
    return new TrainingSteps(trainer, images(), options);
  }

  private InMemoryDataset images() {
    FloatArray labels = FloatArray.zeros(work.rows());
    for (int i = 0; i < work.rows(); i++) {
      labels.values()[i] = i;
    }
    return InMemoryDataset.of(work.inputs(), labels, Task.MULTICLASS, ImageWorkloads.CLASSES);
  }
}
