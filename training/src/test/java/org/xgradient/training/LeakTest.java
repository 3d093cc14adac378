package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.optimizer.Adam;

/** Native memory is invisible to the collector: what is not closed is lost. */
class LeakTest {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int ITERATIONS = 1_000;
  private static final int STRETCHES = 5;
  private static final InMemoryDataset DATA = Examples.binary(32, 20, 1);

  @Test
  void residentMemoryDoesNotGrow() throws IOException {
    assumeThat(STATUS).exists();
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(20, 1, 16).withoutBiases().build(session, 1);
      var expected = new ExpectedGradients(ReferenceDistribution.batch(), 2);
      Objective objective =
          Objective.of(Loss.binaryCrossEntropy(), prior(new XGradient()), prior(expected));
      Trainer trainer = Trainer.of(model, objective, Adam.withDefaults());
      Attributor attributor =
          Attributor.of(model, new XGradient(), AttributorOptions.withDefaults());
      iterate(trainer, attributor);
      List<Double> growth = new ArrayList<>();
      for (int stretch = 0; stretch < STRETCHES; stretch++) {
        long before = residentBytes();
        iterate(trainer, attributor);
        growth.add((residentBytes() - before) / (double) ITERATIONS);
      }
      // A leak grows in every stretch; what the allocator or the compiler takes once, in one.
      Collections.sort(growth);
      assertThat(growth.get(STRETCHES / 2)).as("bytes per iteration: %s", growth).isLessThan(1_000);
    }
  }

  private static AttributionPrior prior(AttributionMethod method) {
    return AttributionPrior.of(method, Priors.gini(), 0.1);
  }

  /** An iteration is a step, a validation and an attribution. */
  private static void iterate(Trainer trainer, Attributor attributor) {
    TrainingListener attributing =
        new TrainingListener() {
          @Override
          public void stepFinished(StepRecord step) {
            attributor.attribute(DATA.inputs());
          }
        };
    trainer.fit(
        DATA,
        DATA,
        TrainingOptions.withDefaults().withEpochs(ITERATIONS).withListener(attributing));
  }

  /** The heap has a fixed size in this module's tests, and is resident from the start. */
  private static long residentBytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }
}
