package org.xgradient.spark.job;

import java.util.function.Supplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;

/** Shows the tasks of the jobs that run meanwhile, stage by stage. */
final class JobProgress {

  private final SparkSession session;
  private final ProgressReporter reporter = ProgressReporter.forConsole(System.err::println);
  private final String name;
  private final Listener listener = new Listener();

  private JobProgress(SparkSession session, String name) {
    this.session = session;
    this.name = name;
    session.sparkContext().addSparkListener(listener);
  }

  /** Does some work, and shows how far it is. */
  static <T> T during(SparkSession session, String name, Supplier<T> work) {
    var progress = new JobProgress(session, name);
    try {
      return work.get();
    } finally {
      progress.close();
    }
  }

  /** Does some work, and shows how far it is. */
  static void during(SparkSession session, String name, Runnable work) {
    during(
        session,
        name,
        () -> {
          work.run();
          return name;
        });
  }

  private final class Listener extends SparkListener {
    private @Nullable ProgressTask task;

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      end();
      task = reporter.start(name, submitted.stageInfo().numTasks(), "tasks");
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
      if (task != null && end.taskInfo().successful()) {
        task.step();
      }
    }

    synchronized void end() {
      if (task != null) {
        task.close();
        task = null;
      }
    }
  }

  private void close() {
    session.sparkContext().removeSparkListener(listener);
    listener.end();
    reporter.close();
  }
}
