package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.sparsity.SparsityExperiment;
import org.xgradient.experiments.sparsity.SparsityExperiment.Result;
import org.xgradient.experiments.sparsity.SparsityExperiment.Task;
import org.xgradient.experiments.sparsity.StudyConfiguration;
import org.xgradient.experiments.sparsity.StudyFigure;
import org.xgradient.experiments.sparsity.TableSource;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.text.ReportTable;

/** Shows {@link SparsityExperiment}: either half of FAA, Fig. 1. */
record StudyView(SparsityExperiment experiment)
    implements ExperimentView<StudyConfiguration, Task, Result> {

  @Override
  public String lead(ExperimentResults<StudyConfiguration, Task, Result> results) {
    StudyConfiguration configuration = results.configuration();
    String others =
        configuration.data() instanceof TableSource.SparsityFiles
            ? ""
            : " The published values are of NHANES I with the paper's 118 features, the values here"
                + " of other data.";
    return ("Each method trains on the same %d splits: %d rows to train, %d to choose the epoch and"
                + " the weight of the prior, all others to test. Same split, same seed: differences"
                + " are taken in pairs.")
            .formatted(
                configuration.repetitions(),
                configuration.trainRows(),
                configuration.validationRows())
        + others;
  }

  @Override
  public ImmutableList<ReportTable> tables(
      ExperimentResults<StudyConfiguration, Task, Result> results) {
    var tables = new StudyTables(experiment.figure(), results);
    return results.configuration().lambdas().size() > 1
        ? ImmutableList.of(tables.methods(), tables.weights())
        : ImmutableList.of(tables.methods());
  }

  @Override
  public void draw(HtmlPage page, ExperimentResults<StudyConfiguration, Task, Result> results) {
    var charts = new StudyCharts(experiment.figure(), results);
    if (experiment.figure() == StudyFigure.REFERENCES) {
      page.figure(
          charts.references(),
          "Mean over the repetitions; the band is one standard error to either side.");
    } else {
      page.figure(
          charts.methods(),
          "Mean over the repetitions; the line is one standard error to either side.");
    }
    if (results.configuration().lambdas().size() > 1) {
      page.figure(
          charts.weights(),
          "Mean over the repetitions; the band is one standard error to either side. The weight is"
              + " chosen by the validation rows, not by this figure.");
    }
  }
}
