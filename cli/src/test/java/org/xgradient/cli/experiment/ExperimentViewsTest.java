package org.xgradient.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xgradient.experiments.ConfigurationSource;
import org.xgradient.experiments.Configurations;
import org.xgradient.experiments.Experiment;
import picocli.CommandLine;

/** Every experiment that the command knows. */
class ExperimentViewsTest {

  static Stream<Experiment<?, ?, ?>> experiments() {
    return ExperimentViews.ALL.stream().map(ExperimentView::experiment);
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void theEffectiveConfigurationCanBeReadAgain(Experiment<?, ?, ?> experiment) {
    for (boolean quick : new boolean[] {false, true}) {
      Object configuration = Configurations.read(experiment, quick, List.of());
      var written = ConfigurationSource.of("a copy", Configurations.toJson(configuration));
      assertThat((Object) Configurations.read(experiment, !quick, List.of(written)))
          .isEqualTo(configuration);
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void hasAtLeastTwoPieces(Experiment<?, ?, ?> experiment) {
    assertThat(tasks(experiment)).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
  }

  private static <C> List<?> tasks(Experiment<C, ?, ?> experiment) {
    return experiment.tasks(Configurations.read(experiment, true, List.of()));
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void isInTheHelp(Experiment<?, ?, ?> experiment) {
    assertThat(new CommandLine(new ExperimentCommand()).getUsageMessage())
        .contains("  " + experiment.name() + " ");
  }
}
