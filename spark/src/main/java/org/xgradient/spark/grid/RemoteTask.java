package org.xgradient.spark.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.TaskContext;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.experiments.Experiment;
import org.xgradient.experiments.ExperimentJson;
import org.xgradient.experiments.PreparedWork;
import org.xgradient.experiments.Workers;
import org.xgradient.spark.model.Leases;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** A piece of an experiment on an executor. All travels as JSON, and comes back as JSON. */
final class RemoteTask extends AbstractFunction2<TaskContext, Iterator<String>, String>
    implements java.io.Serializable {

  private static final long serialVersionUID = 1;

  /** The data and the graphs of experiments; they stay for the next tasks. */
  private static final Leases<Prepared<?, ?, ?>> PREPARED =
      new Leases<>("xgradient-experiments", Duration.ofSeconds(60));

  private final String experiment;
  private final String configuration;
  private final String facts;

  RemoteTask(String experiment, String configuration, String facts) {
    this.experiment = experiment;
    this.configuration = configuration;
    this.facts = facts;
  }

  String experiment() {
    return experiment;
  }

  @Override
  public String apply(TaskContext context, Iterator<String> tasks) {
    return run(tasks.next());
  }

  /** Does a piece. */
  String run(String task) {
    // Data may change under the same configuration, and what was loaded stays for a while.
    String all = ExperimentJson.write(List.of(experiment, configuration, facts));
    String key = Checksums.sha256(all.getBytes(StandardCharsets.UTF_8));
    try (Leases.Lease<Prepared<?, ?, ?>> prepared =
        PREPARED.lease(key, () -> prepare(KnownExperiments.named(experiment)))) {
      return prepared.get().run(task);
    }
  }

  private <C, T, R> Prepared<C, T, R> prepare(Experiment<C, T, R> known) {
    C read = read(configuration, known.description().configuration());
    PreparedWork<T, R> work = known.prepare(read);
    String here = ExperimentJson.write(work.facts());
    if (!here.equals(facts)) {
      throw new DataException(
          "an executor must find the data of the driver, %s, found %s; give a path that all see"
              .formatted(facts, here));
    }
    return new Prepared<>(known, work);
  }

  private static <V> V read(String json, Class<V> type) {
    try {
      return ExperimentJson.read(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException("what came from the driver can't be read", e);
    }
  }

  /** An experiment whose data are loaded, with workers that are idle. */
  private static final class Prepared<C, T, R> implements AutoCloseable {
    private final Experiment<C, T, R> experiment;
    private final PreparedWork<T, R> work;
    private final Queue<Workers.Worker<T, R>> idle = new ConcurrentLinkedQueue<>();

    Prepared(Experiment<C, T, R> experiment, PreparedWork<T, R> work) {
      this.experiment = experiment;
      this.work = work;
    }

    /** A worker serves one task at a time; there are never more than tasks at a time. */
    String run(String task) {
      Workers.Worker<T, R> found = idle.poll();
      Workers.Worker<T, R> worker = found == null ? work.workers().get() : found;
      R result;
      try {
        result = worker.run(read(task, experiment.description().task()));
      } catch (RuntimeException | Error e) {
        worker.close();
        throw e;
      }
      idle.add(worker);
      return ExperimentJson.write(result);
    }

    @Override
    public void close() {
      List<Workers.Worker<T, R>> all = new ArrayList<>(idle);
      all.forEach(Workers.Worker::close);
    }
  }
}
