package org.xgradient.spark.grid;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import org.xgradient.experiments.Experiment;
import org.xgradient.experiments.axioms.AxiomsExperiment;
import org.xgradient.experiments.image.AttributionsExperiment;
import org.xgradient.experiments.image.BiasRemovalExperiment;
import org.xgradient.experiments.image.ContrastExperiment;
import org.xgradient.experiments.image.ConvergenceExperiment;
import org.xgradient.experiments.image.MaskingExperiment;
import org.xgradient.experiments.promises.PromisesExperiment;
import org.xgradient.experiments.sparsity.SparsityExperiment;
import org.xgradient.experiments.text.TextExperiment;

/** The experiments that executors know by name; those that measure times are done elsewhere. */
final class KnownExperiments {

  private static final ImmutableList<Experiment<?, ?, ?>> ALL =
      ImmutableList.of(
          new AxiomsExperiment(),
          SparsityExperiment.ofMethods(),
          SparsityExperiment.ofReferences(),
          new BiasRemovalExperiment(),
          new MaskingExperiment(),
          new ContrastExperiment(),
          new AttributionsExperiment(),
          new ConvergenceExperiment(),
          new PromisesExperiment(),
          new TextExperiment());

  private KnownExperiments() {}

  /**
   * Finds an experiment.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static Experiment<?, ?, ?> named(String name) {
    return ALL.stream()
        .filter(experiment -> experiment.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("executors know no experiment \"" + name + "\""));
  }

  /**
   * Checks that executors find the same experiment by its name.
   *
   * @throws IllegalArgumentException if they don't
   */
  static void requireSame(Experiment<?, ?, ?> experiment) {
    Experiment<?, ?, ?> found = named(experiment.name());
    checkArgument(
        found.getClass() == experiment.getClass(),
        "executors know the experiment \"%s\" as a %s, found a %s",
        experiment.name(),
        found.getClass().getSimpleName(),
        experiment.getClass().getSimpleName());
  }
}
