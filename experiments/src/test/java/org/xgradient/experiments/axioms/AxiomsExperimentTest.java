package org.xgradient.experiments.axioms;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.attribution.axioms.Axiom;
import org.xgradient.data.Provenance;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.experiments.axioms.AxiomsExperiment.Cell;
import org.xgradient.experiments.axioms.AxiomsExperiment.Configuration;
import org.xgradient.experiments.axioms.AxiomsExperiment.Result;
import org.xgradient.experiments.axioms.AxiomsExperiment.Task;

class AxiomsExperimentTest {

  private final AxiomsExperiment experiment = new AxiomsExperiment();

  @Test
  void comesOutAsInThePaper() {
    var configuration = new Configuration(3, List.of(5L));
    Task task = experiment.tasks(configuration).get(0);
    Result result = experiment.prepare(configuration).workers().get().run(task);
    assertThat(experiment.findings(results(result)))
        .hasSize(TableMethod.values().length)
        .allMatch(finding -> finding.verdict() == Verdict.AGREES)
        .contains(
            new Finding("EG(1): all 7 axioms come out as in the paper, 1 hold.", Verdict.AGREES));
  }

  @Test
  void theSentenceTurnsWithContraryCells() {
    List<Cell> cells = new ArrayList<>();
    for (TableMethod method : TableMethod.values()) {
      for (Axiom axiom : Axiom.values()) {
        cells.add(new Cell(method, axiom, true, 0, 1e-3, ""));
      }
    }
    List<Finding> findings = experiment.findings(results(new Result(cells)));
    assertThat(findings.get(5).verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.get(3))
        .isEqualTo(
            new Finding(
                "Grad: 3 of 7 axioms come out other than in the paper: sensitivity (a),"
                    + " completeness, nonnegative homogeneity.",
                Verdict.DIFFERS));
  }

  private static ExperimentResults<Configuration, Task, Result> results(Result result) {
    return new ExperimentResults<>(
        new Configuration(3, List.of(5L)),
        ImmutableMap.of(new Task(5), result),
        Provenance.ofThisProcess());
  }
}
