package org.xgradient.cli.experiment;

import org.jspecify.annotations.Nullable;
import org.xgradient.experiments.ExperimentRun;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;

/** Shows how far an experiment is; pieces of an earlier run don't count in the rate. */
final class ExperimentProgress implements ExperimentRun.Listener {

  private final String name;
  private final ProgressReporter reporter;
  private @Nullable ProgressTask task;

  ExperimentProgress(String name, ProgressReporter reporter) {
    this.name = name;
    this.reporter = reporter;
  }

  @Override
  public void started(int total, int done) {
    String text = done == 0 ? name : "%s (%d of %d done before)".formatted(name, done, total);
    task = reporter.start(text, total - done, "pieces");
  }

  @Override
  public void finished() {
    if (task != null) {
      task.step();
    }
  }
}
