package org.xgradient.experiments.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.data.Provenance;
import org.xgradient.experiments.ConfigurationSource;
import org.xgradient.experiments.Configurations;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.experiments.efficiency.EfficiencyExperiment.Result;
import org.xgradient.experiments.efficiency.EfficiencyExperiment.Task;

class EfficiencyExperimentTest {

  private final EfficiencyExperiment experiment = new EfficiencyExperiment();

  @Test
  void measuresInAProcessOfItsOwn() {
    EfficiencyConfiguration configuration =
        read(
            "networks=[{\"name\": \"small\", \"kind\": \"mlp\", \"size\": 10, \"hidden\": [4],"
                + " \"outputs\": 1, \"batch\": 5}]");
    Result result =
        experiment.prepare(configuration).workers().get().run(new Task("small", "EG(32)", 0));
    assertThat(result.seconds()).isPositive();
    // A JVM with TensorFlow takes more than this; a system that doesn't tell gives NaN.
    assertThat(result.peakMegabytes()).matches(peak -> Double.isNaN(peak) || peak > 50);
    assertThat(experiment.isTimed()).isTrue();
  }

  @Test
  void theSentenceTurnsWithTheRatio() {
    assertThat(findings(10, 2).get(0))
        .isEqualTo(
            new Finding(
                "MLP: a training step with EG(32) takes 5.00 times the time of one with XG (95 %"
                    + " interval 5.00 to 5.00), so it costs more, as in the paper; the paper has"
                    + " 130 times on ResNet-50 and an A100 (FAA, App. B.3).",
                Verdict.AGREES));
    assertThat(findings(2, 10).get(0).verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(findings(2, 2).get(0).verdict()).isEqualTo(Verdict.UNDECIDED);
    // Memory is not known here, so nothing is said of it.
    assertThat(findings(2, 2)).hasSize(2);
  }

  private List<Finding> findings(double expensive, double cheap) {
    EfficiencyConfiguration configuration = read();
    ImmutableMap.Builder<Task, Result> results = ImmutableMap.builder();
    for (Task task : experiment.tasks(configuration)) {
      double seconds = task.method().equals("EG(32)") ? expensive : cheap;
      results.put(task, new Result(seconds, Double.NaN));
    }
    return experiment.findings(
        new ExperimentResults<>(configuration, results.buildOrThrow(), Provenance.ofThisProcess()));
  }

  private EfficiencyConfiguration read(String... settings) {
    return Configurations.read(
        experiment, false, List.of(ConfigurationSource.ofSettings(List.of(settings))));
  }
}
