package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.xgradient.data.NearestName;
import org.xgradient.experiments.sparsity.SparsityExperiment;

/** The experiments that the command knows. */
final class ExperimentViews {

  static final ImmutableList<ExperimentView<?, ?, ?>> ALL =
      ImmutableList.of(
          new AxiomsView(),
          new StudyView(SparsityExperiment.ofMethods()),
          new StudyView(SparsityExperiment.ofReferences()),
          new EfficiencyView(),
          new BiasRemovalView(),
          new MaskingView(),
          new ContrastView(),
          new AttributionsView(),
          new ConvergenceView(),
          new PromisesView(),
          new TextView());

  private ExperimentViews() {}

  /**
   * Finds an experiment.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static ExperimentView<?, ?, ?> named(String name) {
    List<String> names = ALL.stream().map(view -> view.experiment().name()).toList();
    return ALL.stream()
        .filter(view -> view.experiment().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no experiment \"%s\"; did you mean \"%s\"? There are %s"
                        .formatted(name, NearestName.of(name, names), String.join(", ", names))));
  }
}
