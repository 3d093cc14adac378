package org.xgradient.experiments;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.DataException;
import org.xgradient.data.Provenance;
import org.xgradient.graph.runtime.NativeTensorFlow;

/**
 * Runs an experiment in a directory: the configuration in {@value #CONFIGURATION}, results in
 * {@value #LOG} as they come.
 *
 * @param experiment the experiment
 * @param configuration its configuration
 * @param directory where to write
 * @param workers the number of workers, on which the results do not depend; where times are
 *     measured there is one, whatever is asked for
 * @param <C> the configuration
 * @param <T> a piece of the work
 * @param <R> what comes out of a piece
 */
public record ExperimentRun<C, T, R>(
    Experiment<C, T, R> experiment, C configuration, Path directory, int workers) {

  /** The file with the effective configuration. */
  public static final String CONFIGURATION = "configuration.json";

  /** The file with a line for each result. */
  public static final String LOG = "results.jsonl";

  /** Told how far the work is. */
  public interface Listener {
    /**
     * Called once, before the first piece.
     *
     * @param total the number of all pieces
     * @param done how many of them were done by an earlier run
     */
    void started(int total, int done);

    /** Called for each piece, on the calling thread. */
    void finished();
  }

  /**
   * Does what is not yet done.
   *
   * @param resume whether to go on with the results of an earlier run
   * @param listener told how far the work is
   * @return all results
   * @throws DataException if there are results already and the run does not resume, or if they are
   *     of another configuration, or data cannot be read
   * @throws IOException if a file cannot be written
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; what is done
   *     is kept
   */
  public ExperimentResults<C, T, R> run(boolean resume, Listener listener) throws IOException {
    return run(resume, listener, WorkerPools.ofThreads(Math.max(1, workers)));
  }

  /**
   * Does what is not yet done, on workers of one's own, on which the results do not depend.
   *
   * @param resume whether to go on with the results of an earlier run
   * @param listener told how far the work is
   * @param pool the workers, in place of {@code workers()}; where times are measured one thread
   *     does the work, whatever they are
   * @return all results
   * @throws DataException if there are results already and the run does not resume, or if they are
   *     of another configuration, or data cannot be read
   * @throws IOException if a file cannot be written
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; what is done
   *     is kept
   */
  public ExperimentResults<C, T, R> run(boolean resume, Listener listener, WorkerPool pool)
      throws IOException {
    Path file = directory.resolve(LOG);
    if (!resume && Files.exists(file)) {
      throw new DataException(
          "there are results in %s already; go on with --resume, or give another directory"
              .formatted(directory));
    }
    AtomicFiles.checkPlace(file);
    PreparedWork<T, R> work = experiment.prepare(configuration);
    List<T> tasks = experiment.tasks(configuration);
    Files.createDirectories(directory);
    try (var log =
        ResultLog.<T, R>open(
            file,
            facts(work),
            experiment.description().task(),
            experiment.description().result())) {
      AtomicFiles.writeText(directory.resolve(CONFIGURATION), Configurations.toJson(configuration));
      ImmutableMap<T, R> done = log.results();
      ImmutableList<T> left =
          tasks.stream()
              .filter(task -> !done.containsKey(task))
              .collect(ImmutableList.toImmutableList());
      listener.started(tasks.size(), tasks.size() - left.size());
      WorkerPool doing = experiment.isTimed() ? WorkerPools.ofThreads(1) : pool;
      doing.run(
          new WorkerPool.Job<>(experiment, configuration, work, left),
          (task, result) -> {
            append(log, task, result);
            listener.finished();
          });
      return new ExperimentResults<>(
          configuration, inOrder(tasks, log.results()), provenance(work));
    }
  }

  private ImmutableMap<String, String> facts(PreparedWork<T, R> work) {
    return ImmutableMap.<String, String>builder()
        .put("experiment", experiment.name())
        .put("configuration", Configurations.checksum(experiment.resultsDependOn(configuration)))
        .putAll(work.facts())
        .buildOrThrow();
  }

  private Provenance provenance(PreparedWork<T, R> work) {
    Provenance provenance =
        Provenance.ofThisProcess().with("TensorFlow", NativeTensorFlow.version());
    for (var fact : facts(work).entrySet()) {
      provenance = provenance.with(fact.getKey(), fact.getValue());
    }
    return provenance;
  }

  private static <T, R> void append(ResultLog<T, R> log, T task, R result) {
    try {
      log.append(task, result);
    } catch (IOException e) {
      throw new UncheckedIOException("a result cannot be written: " + e.getMessage(), e);
    }
  }

  private static <T, R> ImmutableMap<T, R> inOrder(List<T> tasks, ImmutableMap<T, R> results) {
    ImmutableMap.Builder<T, R> ordered = ImmutableMap.builder();
    tasks.forEach(task -> ordered.put(task, requireNonNull(results.get(task))));
    return ordered.buildOrThrow();
  }
}
