package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.attribution.axioms.Axiom;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.axioms.AxiomsExperiment;
import org.xgradient.experiments.axioms.AxiomsExperiment.Cell;
import org.xgradient.experiments.axioms.AxiomsExperiment.Configuration;
import org.xgradient.experiments.axioms.AxiomsExperiment.Result;
import org.xgradient.experiments.axioms.AxiomsExperiment.Task;
import org.xgradient.experiments.axioms.TableMethod;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** Shows {@link AxiomsExperiment}. */
final class AxiomsView implements ExperimentView<Configuration, Task, Result> {

  private final AxiomsExperiment experiment = new AxiomsExperiment();

  @Override
  public AxiomsExperiment experiment() {
    return experiment;
  }

  @Override
  public String lead(ExperimentResults<Configuration, Task, Result> results) {
    return ("FAA, Table 1, computed: a method has a tick where no violation was found, neither on"
            + " %d random networks from each of %d seeds nor on the textbook counter-examples.")
        .formatted(results.configuration().networks(), results.configuration().seeds().size());
  }

  @Override
  public ImmutableList<ReportTable> tables(ExperimentResults<Configuration, Task, Result> results) {
    return ImmutableList.of(overview(results), violations(results));
  }

  private ReportTable overview(ExperimentResults<Configuration, Task, Result> results) {
    var builder = ReportTable.titled("").text("method");
    for (Axiom axiom : Axiom.values()) {
      builder.text(axiom.title());
    }
    for (TableMethod method : TableMethod.values()) {
      List<String> row = new ArrayList<>(List.of(method.title()));
      for (Axiom axiom : Axiom.values()) {
        boolean holds = experiment.worst(results, method, axiom).holds();
        boolean published = AxiomsExperiment.isPublished(method, axiom);
        row.add((holds ? "yes" : "no") + (holds == published ? "" : " (paper: other)"));
      }
      builder.row(row);
    }
    return builder
        .footnote("Where the paper has another answer, the cell says so.")
        .footnote(
            "Nonnegative homogeneity is FAA, Def. 3.6, which the paper does not have in the table.")
        .build();
  }

  private ReportTable violations(ExperimentResults<Configuration, Task, Result> results) {
    var builder =
        ReportTable.titled("Largest violation over the random networks")
            .text("method", "axiom")
            .number("violation", "tolerance")
            .text("counter-example");
    for (TableMethod method : TableMethod.values()) {
      for (Axiom axiom : Axiom.values()) {
        Cell cell = experiment.worst(results, method, axiom);
        builder.row(
            method.title(),
            axiom.title(),
            Numbers.significant(cell.violation(), 2),
            Numbers.significant(cell.tolerance(), 2),
            cell.counterExample());
      }
    }
    return builder.build();
  }
}
